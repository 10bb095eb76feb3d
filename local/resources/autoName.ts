import { hash } from "node:crypto";
import type { ResourceType } from "./resourceType";
import type { Preview, Properties } from "./value";

/**
 * Gives a resource the physical name that Pulumi would where the program names none: its logical name and seven hex
 * digits, here from its URN, so that evaluations agree. With a `namePrefix` the provider makes the name, by {@link nameOf}.
 *
 * @param proposed  What the setting `pulumi:autonaming` makes of it. @default it makes nothing
 */
export function withAutoName(
  inputs: Properties,
  { autoName }: Pick<ResourceType, "autoName">,
  name: string,
  urn: string,
  proposed?: string,
): Properties {
  if (autoName === undefined || inputs[autoName.property] !== undefined) return inputs;
  if (inputs[`${autoName.property}Prefix`] !== undefined) return inputs;
  const suffix = `-${digest(urn)}`;
  const full = proposed ?? name.slice(0, autoName.maxLength - suffix.length) + suffix;
  return { ...inputs, [autoName.property]: autoName.lowerCase ? full.toLowerCase() : full };
}

/** The physical name: as given, else made of the prefix, else the logical name. */
export function nameOf(
  name: Preview<string | undefined>,
  prefix: Preview<string | undefined>,
  resource: { readonly name: string; readonly urn: string },
): Preview<string> {
  if (name !== undefined) return name;
  return typeof prefix === "string" ? prefix + digest(resource.urn) : (prefix ?? resource.name);
}

function digest(urn: string): string {
  return hash("sha256", urn).slice(0, 7);
}
