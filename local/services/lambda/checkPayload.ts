import { AwsError } from "../../http/awsError";
import { maxEventBytes, maxRequestBytes } from "./payloadLimits";

/** @throws AwsError  RequestEntityTooLargeException */
export function checkPayload(payload: Buffer, type: "RequestResponse" | "Event" | "DryRun"): void {
  const limit = type === "Event" ? maxEventBytes : maxRequestBytes;
  if (payload.length <= limit) return;
  throw new AwsError(
    "RequestEntityTooLargeException",
    413,
    `${payload.length} byte payload is too large for the ${type} invocation type (limit ${limit} bytes)`,
  );
}
