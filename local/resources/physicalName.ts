import type { ResourceType } from "./resourceType";
import type { Properties } from "./value";

/** The name that AWS takes once, with what it is unique within; `undefined` where it has none or it is not known yet. */
export function physicalName(
  { autoName, replaceOn }: ResourceType,
  properties: Properties,
): string | undefined {
  if (autoName === undefined || !replaceOn.includes(autoName.property)) return undefined;
  const parts = [properties[autoName.property]];
  if (autoName.within !== undefined) parts.unshift(properties[autoName.within]);
  return parts.every((part) => typeof part === "string") ? parts.join(" ") : undefined;
}
