import type { Sibling } from "./declared";
import { parseUrn } from "./parseUrn";
import { physicalName } from "./physicalName";
import type { ResourceType } from "./resourceType";
import type { Properties } from "./value";

/** @throws Error  Another resource of the type has the physical name that these properties ask for. */
export function refuseTakenName(
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
