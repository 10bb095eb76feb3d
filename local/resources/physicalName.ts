import type { Sibling } from "./declared";
import { parseUrn } from "./parseUrn";
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

/** @throws Error  Another resource of the type has the physical name that these properties ask for. */
export function rejectTakenName(
  resourceType: ResourceType,
  urn: string,
  inputs: Properties,
  others: readonly Sibling[],
): void {
  const name = physicalName(resourceType, inputs);
  if (name === undefined) return;
  const holder = others.find(
    (other) => other.urn !== urn && physicalName(resourceType, other.outputs) === name,
  );
  if (holder === undefined) return;
  const { project, stack } = parseUrn(holder.urn);
  throw new Error(
    `\`${resourceType.autoName?.property}\` "${name}" exists already, as "${holder.name}" of ${project}/${stack}: choose another, or give a renamed resource an alias`,
  );
}
