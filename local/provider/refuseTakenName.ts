import type { Properties, ResourceType } from "../resourceType";
import type { Standing } from "./journal";
import { parseUrn } from "./parseUrn";
import { physicalName } from "./physicalName";

/** @throws Error  Another resource has the physical name that these properties ask for. */
export function refuseTakenName(
  resourceType: ResourceType,
  urn: string,
  inputs: Properties,
  standing: readonly Standing[],
): void {
  const name = physicalName(resourceType, inputs);
  if (name === undefined) return;
  const holder = standing.find(
    (other) =>
      other.type === resourceType.type &&
      other.urn !== urn &&
      physicalName(resourceType, other.outputs) === name,
  );
  if (holder === undefined) return;
  const { project, stack } = parseUrn(holder.urn);
  throw new Error(
    `\`${resourceType.autoName?.property}\` "${name}" exists already, as "${holder.name}" of ${project}/${stack}: choose another, or give a renamed resource an alias`,
  );
}
