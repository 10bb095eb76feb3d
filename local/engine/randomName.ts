import { randomBytes } from "node:crypto";
import type { ResourceType } from "../resources/resourceType";

const SUFFIX = /-[0-9a-f]{7}$/;

/** A physical name as Pulumi's AWS provider makes it: the logical name, a hyphen and seven random hexadecimal digits. */
export function randomName(
  logicalName: string,
  { maxLength, lowerCase }: NonNullable<ResourceType["autoName"]>,
): string {
  const suffix = `-${randomBytes(4).toString("hex").slice(0, 7)}`;
  const name = logicalName.slice(0, maxLength - suffix.length) + suffix;
  return lowerCase ? name.toLowerCase() : name;
}

/** Whether a physical name was made by {@link randomName}, so that another one may take its place. */
export function isRandomName(name: string, logicalName: string): boolean {
  return SUFFIX.test(name) && logicalName.toLowerCase().startsWith(name.replace(SUFFIX, "").toLowerCase());
}
