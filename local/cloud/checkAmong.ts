import { refuseTakenName } from "../resources/refuseTakenName";
import type { Neighbour, Neighbours } from "../resources/resourceType";
import { resourceTypeOf } from "./resourceTypes";

/** @throws Error  What AWS would refuse in view of other resources: a name that is taken, or what the type says. */
export function checkAmong(
  { urn, type, name, inputs }: Pick<Neighbour, "urn" | "type" | "name" | "inputs">,
  neighbours: Neighbours,
): void {
  const resourceType = resourceTypeOf(type, name);
  refuseTakenName(resourceType, urn, inputs, neighbours.of(type));
  resourceType.checkAmong?.(inputs, neighbours);
}
