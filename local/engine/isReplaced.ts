import { resourceTypeOf } from "../cloud/resourceTypes";
import type { Sibling } from "../resources/declared";
import type { Properties } from "../resources/value";
import { diffProperties } from "./diffProperties";
import { forcedReplacements } from "./forcedReplacements";

/** Whether other inputs would make AWS replace a resource. */
export function isReplaced({ type, name, inputs }: Sibling, news: Properties): boolean {
  return forcedReplacements(resourceTypeOf(type, name), diffProperties(inputs, news)).length > 0;
}
