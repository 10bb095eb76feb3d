import { AwsError } from "../../http/awsError";

/** Bytes of a synchronous request. */
export const MAX_REQUEST_BYTES = 6_291_456;
/** Bytes of an asynchronous request (1 MB since October 2025). */
const MAX_EVENT_BYTES = 1_048_576;
/** Bytes of a response; AWS allows 100 more than in the other direction. */
export const MAX_RESPONSE_BYTES = 6_291_556;

/** @throws AwsError  RequestEntityTooLargeException */
export function rejectLargePayload(payload: Buffer, type: "RequestResponse" | "Event" | "DryRun"): void {
  const limit = type === "Event" ? MAX_EVENT_BYTES : MAX_REQUEST_BYTES;
  if (payload.length <= limit) return;
  throw new AwsError(
    "RequestEntityTooLargeException",
    413,
    `${payload.length} byte payload is too large for the ${type} invocation type (limit ${limit} bytes)`,
  );
}
