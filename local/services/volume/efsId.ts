import { createHash } from "node:crypto";

/** An id in EFS's form, e.g. `fs-0123456789abcdef0`; the same resource always gets the same. */
export function efsId(prefix: "fs" | "fsap" | "fsmt", urn: string): string {
  return `${prefix}-${createHash("sha256").update(urn).digest("hex").slice(0, 17)}`;
}
