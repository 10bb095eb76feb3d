import type { InvocationReport } from "./invocation";

/** One request that came in over HTTP, or an event of S3's, for the line that the command prints of it. */
export interface RequestReport {
  readonly via: "functionUrl" | "restApi" | "invoke" | "s3";
  /** `ObjectCreated:Put`, … for S3. */
  readonly method: string;
  /** Percent-encoded, without the query; the object's address for S3. */
  readonly path: string;
  readonly status: number;
  /** From the request's end to the response, queueing included. */
  readonly durationMs: number;
  readonly functionName?: string;
  /** The function's part; absent if it was not invoked. */
  readonly invocation?: InvocationReport;
}
