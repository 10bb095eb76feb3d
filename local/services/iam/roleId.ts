import { hash } from "node:crypto";

/** A role's unique id in IAM's form, the same for the same name. */
export function roleId(name: string): string {
  return `AROA${hash("sha256", name).slice(0, 17).toUpperCase()}`;
}
