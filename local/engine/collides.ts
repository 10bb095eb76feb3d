import { physicalName } from "../resources/physicalName";
import type { ResourceType } from "../resources/resourceType";
import type { Properties } from "../resources/value";
import { isRandomName } from "./randomName";

/**
 * Whether a replacement would collide with what it replaces, which then has to go first: where the program itself
 * gives the physical name, or where the id follows from the properties and stays the same.
 *
 * @param idOf  The id that the type gives to properties.
 */
export function collides(
  resourceType: ResourceType,
  logicalName: string,
  before: Properties,
  after: Properties,
  idOf: (inputs: Properties) => string,
): boolean {
  const { autoName, assigned, replaceOn } = resourceType;
  if (autoName && replaceOn.includes(autoName.property)) {
    const name = after[autoName.property];
    // The engine asks for another random name for the replacement.
    if (typeof name !== "string" || isRandomName(name, logicalName)) return false;
    return physicalName(resourceType, before) === physicalName(resourceType, after);
  }
  if (assigned?.includes("id")) return false;
  try {
    const id = idOf(after);
    return typeof id === "string" && idOf(before) === id;
  } catch {
    // Not known before what it refers to stands.
    return false;
  }
}
