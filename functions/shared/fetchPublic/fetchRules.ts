/** One address of a host name, as `dns.lookup` gives it. */
export interface Address {
  readonly address: string;
  readonly family: number;
}

/** What `fetchPublic` goes by. They are arguments for the sake of tests; no setting or variable reaches them. */
export interface FetchRules {
  /** Every address of a host name. */
  readonly resolve: (hostname: string) => Promise<readonly Address[]>;
  /** Whether a connection to this address may be made. */
  readonly isAllowed: (address: string) => boolean;
  readonly ports: readonly number[];
  readonly maxRedirects: number;
  readonly maxBytes: number;
  /** For everything together: names, connections, redirects, body. */
  readonly timeoutMs: number;
}
