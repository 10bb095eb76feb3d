import { AwsError } from "../http/awsError";
import type { IncomingRequest } from "../http/message";
import type { Body } from "../http/serve";
import type { RequestLog } from "./requestLog";
import type { Stack } from "./stack";

/** A request to the page's API that has the secret. */
export interface ApiCall {
  readonly request: IncomingRequest;
  readonly body: Body;
  /** Decoded segments of the path for each `*` of the route. */
  readonly parameters: readonly string[];
  readonly stack: Stack;
  readonly requests: RequestLog;
}

/** Limit of a JSON body: a request of 10 MB in base64 fits. */
const MAX_JSON_BYTES = 16 * 1024 * 1024;

/** Reads the body of a call, a JSON object. @throws AwsError */
export async function readJson(body: Body): Promise<Readonly<Record<string, unknown>>> {
  const read = await body.read(MAX_JSON_BYTES);
  if (read.tooLarge) throw new AwsError("TooLarge", 413, `The body has over ${MAX_JSON_BYTES} bytes.`);
  try {
    const value: unknown = JSON.parse(read.body.toString("utf8"));
    if (typeof value === "object" && value !== null && !Array.isArray(value))
      return value as Readonly<Record<string, unknown>>;
  } catch {
    // Said below.
  }
  throw new AwsError("BadRequest", 400, "The body must be a JSON object.");
}

/** Writes a caller's value as JSON. @throws AwsError  It is nested more deeply than the stack of calls is long. */
export function writeJson(value: unknown): string {
  try {
    return JSON.stringify(value);
  } catch (cause) {
    throw new AwsError("BadRequest", 400, "The body is nested too deeply.", { cause });
  }
}
