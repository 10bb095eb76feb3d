/** One address of a host name, as `dns.lookup` gives it. */
export interface Address {
  readonly address: string;
  readonly family: number;
}

/** The rules of `fetchPublic`. They are arguments for the sake of tests; a variable reaches `loopback` only. */
export interface FetchRules {
  /** Every address of a host name. */
  readonly resolve: (hostname: string) => Promise<readonly Address[]>;
  /** Whether a connection to this address may be made. */
  readonly isAllowed: (address: string) => boolean;
  readonly ports: readonly number[];
  /**
   * Whether the caller's own URL may be of this machine, at any port. Redirects never are: a page elsewhere would
   * choose what is asked of it.
   */
  readonly loopback: boolean;
  readonly maxRedirects: number;
  readonly maxBytes: number;
  /** For everything together: names, connections, redirects, body. */
  readonly timeoutMs: number;
}
