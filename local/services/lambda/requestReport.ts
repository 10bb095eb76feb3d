import type { InvocationReport } from "./invocation";

/** One request that came in over HTTP, for the line that the command prints of it. */
export interface RequestReport {
  readonly via: "functionUrl" | "restApi" | "invoke";
  readonly method: string;
  /** Percent-encoded, without the query. */
  readonly path: string;
  readonly status: number;
  /** From the request's end to the answer, queueing included. */
  readonly durationMs: number;
  readonly functionName?: string;
  /** What the function did; absent when it was not asked. */
  readonly invocation?: InvocationReport;
}
