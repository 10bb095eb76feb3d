import type { InvocationReport } from "./invocation";

/** One request that came in over HTTP, or an event of S3's, for the line that the command prints of it. */
export interface RequestReport {
  readonly via: "functionUrl" | "restApi" | "invoke" | "s3";
  /** `Invoke`, `Event`, `GetFunction`, … for Lambda's API; `ObjectCreated:Put`, … for S3. */
  readonly method: string;
  /** Percent-encoded, without the query; the function with its qualifier for Lambda's API; the object's address for S3. */
  readonly path: string;
  readonly status: number;
  /** From the request's end to the response, queueing included. */
  readonly durationMs: number;
  readonly functionName?: string;
  /** The function's part; absent if it was not invoked. */
  readonly invocation?: InvocationReport;
}

/** Reports the run of an event, to which nobody gets a response: what failed is not to look like a success. */
export function eventReport(
  invocation: InvocationReport,
  asked: Pick<RequestReport, "via" | "method" | "path">,
): RequestReport {
  const { functionName, durationMs, error } = invocation;
  return { ...asked, status: error === undefined ? 200 : 500, durationMs, functionName, invocation };
}
