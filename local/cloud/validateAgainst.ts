import type { Sibling } from "../resources/declared";
import { rejectTakenName } from "../resources/physicalName";
import type { Siblings } from "../resources/resourceType";
import { resourceTypeOf } from "./resourceTypes";

/** @throws Error  What AWS would reject in view of other resources: a name that is taken, or what the type says. */
export function validateAgainst(
  { urn, type, name, inputs }: Pick<Sibling, "urn" | "type" | "name" | "inputs">,
  siblings: Siblings,
): void {
  const resourceType = resourceTypeOf(type, name);
  rejectTakenName(resourceType, urn, inputs, siblings.of(type));
  resourceType.validateAgainst?.(inputs, siblings);
}
