import type { Neighbour, Properties } from "../resourceType";
import { resourceTypeOf } from "../resourceTypes";
import { diffProperties } from "./diffProperties";

/** Whether other inputs would make AWS replace a resource. */
export function isReplaced({ type, name, inputs }: Neighbour, news: Properties): boolean {
  const { replaceOn } = resourceTypeOf(type, name);
  return diffProperties(inputs, news).some(({ path }) => replaceOn.includes(path.split(/[.[]/)[0] as string));
}
