import { resourceTypeOf } from "../cloud/resourceTypes";
import type { Sibling } from "../resources/declared";
import type { ResourceType } from "../resources/resourceType";
import type { Properties } from "../resources/value";
import { diffProperties, type PropertyChange, topLevel } from "./diffProperties";

/** Which of the changed properties make AWS replace the resource, in the type's order. */
export function forcedReplacements(
  { replaceOn }: ResourceType,
  changes: readonly PropertyChange[],
): readonly string[] {
  return replaceOn.filter((property) => changes.some(({ path }) => topLevel(path) === property));
}

/** Whether other inputs would make AWS replace a resource. */
export function isReplaced({ type, name, inputs }: Sibling, news: Properties): boolean {
  return forcedReplacements(resourceTypeOf(type, name), diffProperties(inputs, news)).length > 0;
}
