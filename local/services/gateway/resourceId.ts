import { createHash } from "node:crypto";

/** An id in API Gateway's form, ten lower-case letters and digits, the same for the same parts. */
export function resourceId(...parts: readonly string[]): string {
  const digest = createHash("sha256").update(parts.join("\n")).digest();
  return Array.from(digest.subarray(0, 10), (byte) => (byte % 36).toString(36)).join("");
}
