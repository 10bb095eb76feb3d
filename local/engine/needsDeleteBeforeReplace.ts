import { physicalName } from "../resources/physicalName";
import type { ResourceType } from "../resources/resourceType";
import type { Properties } from "../resources/value";
import { isRandomName } from "./randomName";

/**
 * Whether a resource has to be deleted before its replacement is made, since both would have the same name or id: the
 * program itself gives the physical name, or the id follows from properties that do not change.
 *
 * @param idOf  The id that the type gives to properties.
 */
export function needsDeleteBeforeReplace(
  resourceType: ResourceType,
  logicalName: string,
  olds: Properties,
  news: Properties,
  idOf: (inputs: Properties) => string,
): boolean {
  const { autoName, assigned, replaceOn } = resourceType;
  if (autoName && replaceOn.includes(autoName.property)) {
    const name = news[autoName.property];
    // The engine asks for another random name for the replacement.
    if (typeof name !== "string" || isRandomName(name, logicalName)) return false;
    return physicalName(resourceType, olds) === physicalName(resourceType, news);
  }
  if (assigned?.includes("id")) return false;
  try {
    const id = idOf(news);
    return typeof id === "string" && idOf(olds) === id;
  } catch {
    // Not known before what it refers to is live.
    return false;
  }
}
