import { resourceTypeOf } from "../cloud/resourceTypes";
import type { Neighbour, Properties } from "../resources/resourceType";
import { diffProperties } from "./diffProperties";
import { forcedReplacements } from "./forcedReplacements";

/** Whether other inputs would make AWS replace a resource. */
export function isReplaced({ type, name, inputs }: Neighbour, news: Properties): boolean {
  return forcedReplacements(resourceTypeOf(type, name), diffProperties(inputs, news)).length > 0;
}
