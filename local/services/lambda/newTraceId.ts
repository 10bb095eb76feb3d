import { randomUUID } from "node:crypto";

/**
 * An `X-Amzn-Trace-Id` of a request that no tracing samples.
 *
 * @param from  The client's header: with its root its parent is kept, as recorded, and whether it is sampled.
 */
export function newTraceId(from = ""): string {
  const [, root] = /(?:^|;)\s*Root=(1-[0-9a-f]{8}-[0-9a-f]{24})(?:;|$)/i.exec(from) ?? [];
  const newParent = randomHex().slice(0, 16);
  if (root === undefined) {
    const seconds = Math.floor(Date.now() / 1000).toString(16);
    return `Root=1-${seconds}-${randomHex()};Parent=${newParent};Sampled=0`;
  }
  const [, parent = newParent] = /(?:^|;)\s*Parent=([0-9a-f]{16})(?:;|$)/i.exec(from) ?? [];
  const [, sampled = "0"] = /(?:^|;)\s*Sampled=([01])(?:;|$)/i.exec(from) ?? [];
  return `Root=${root};Parent=${parent};Sampled=${sampled}`;
}

/**
 * 24 random digits: those of a UUID that are not its version and variant. Node.js keeps random bytes ready for UUIDs;
 * asking the system anew costs a tenth of a warm request.
 */
function randomHex(): string {
  const uuid = randomUUID();
  return uuid.slice(0, 8) + uuid.slice(9, 13) + uuid.slice(-12);
}
