import { createHash } from "node:crypto";

/** A role's unique id in IAM's form, the same for the same name. */
export function roleId(name: string): string {
  return `AROA${createHash("sha256").update(name).digest("hex").slice(0, 17).toUpperCase()}`;
}
