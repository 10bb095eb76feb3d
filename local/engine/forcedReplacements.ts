import type { ResourceType } from "../resources/resourceType";
import type { PropertyChange } from "./diffProperties";
import { topLevel } from "./topLevel";

/** Which of the changed properties make AWS replace the resource, in the type's order. */
export function forcedReplacements(
  { replaceOn }: ResourceType,
  changes: readonly PropertyChange[],
): readonly string[] {
  return replaceOn.filter((property) => changes.some(({ path }) => topLevel(path) === property));
}
