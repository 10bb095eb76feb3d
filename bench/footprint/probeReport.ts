/** The report that the probe writes. */
export interface ProbeReport {
  /** Files of JavaScript and native code that were loaded for the first response. */
  readonly modules: readonly string[];
  /** Number of modules of Node.js' own that were loaded for it. */
  readonly builtins: number;
  /** The handler's last result. */
  readonly response: { readonly statusCode?: number };
  /** Number of requests that were sent. */
  readonly requests: number;
  /** Bytes that each counted request added to V8's heap and to buffers; negative where garbage was collected. */
  readonly allocated: readonly number[];
}

/** Paths that do not exist: the probe looks for them, and so marks a trace of system calls. */
export const MARKS = {
  firstResponse: "/probe/first-response",
  warm: "/probe/warm",
  end: "/probe/end",
} as const;
