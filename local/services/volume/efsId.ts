import { hash } from "node:crypto";
import type { Placement } from "../../resources/declared";
import { known, type Unknown } from "../../resources/value";

/** An id in EFS's form, e.g. `fs-0123456789abcdef0`; the same resource always gets the same. */
export function efsId(prefix: "fs" | "fsap" | "fsmt", urn: string): string {
  return `${prefix}-${hash("sha256", urn).slice(0, 17)}`;
}

/** The ARN of what has this id, in the resource's own region or the place's. */
export function efsArn(
  kind: "access-point" | "file-system",
  id: string | undefined,
  { region }: { readonly region?: string | Unknown },
  place: Placement,
): string {
  return `arn:aws:elasticfilesystem:${known(region) ?? place.region}:${place.accountId}:${kind}/${id}`;
}
