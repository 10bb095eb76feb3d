import { createHash } from "node:crypto";
import type { ResourceType } from "./resourceType";
import type { Properties } from "./value";

/**
 * Gives a resource the physical name that Pulumi would where the program names none: its logical name and seven hex
 * digits, here from its URN, so that evaluations agree.
 */
export function withAutoName(
  inputs: Properties,
  { autoName }: Pick<ResourceType, "autoName">,
  name: string,
  urn: string,
): Properties {
  if (autoName === undefined || inputs[autoName.property] !== undefined) return inputs;
  const suffix = `-${createHash("sha256").update(urn).digest("hex").slice(0, 7)}`;
  const full = name.slice(0, autoName.maxLength - suffix.length) + suffix;
  return { ...inputs, [autoName.property]: autoName.lowerCase ? full.toLowerCase() : full };
}
