import { randomUUID } from "node:crypto";

/** An `X-Amzn-Trace-Id` of a request that no tracing samples. */
export function newTraceId(): string {
  const seconds = Math.floor(Date.now() / 1000).toString(16);
  // Node.js keeps random bytes ready for UUIDs; asking the system anew costs a tenth of a warm request.
  const hex = randomUUID().replaceAll("-", "") + randomUUID().replaceAll("-", "");
  return `Root=1-${seconds}-${hex.slice(0, 24)};Parent=${hex.slice(24, 40)};Sampled=0`;
}
