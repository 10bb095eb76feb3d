/** The parts of a Pulumi URN. */
export interface Urn {
  readonly urn: string;
  readonly stack: string;
  readonly project: string;
  /** The resource's own type, without its parents' types. */
  readonly type: string;
  /** Logical name. */
  readonly name: string;
}

/** `urn:pulumi:<stack>::<project>::<parents' types>$<type>::<name>`. */
export function parseUrn(urn: string): Urn {
  const [, stack, parts = ""] = /^urn:pulumi:([^:]*)::(.*)$/s.exec(urn) ?? [];
  const [project, types, ...name] = parts.split("::");
  const type = types?.split("$").pop();
  if (stack === undefined || project === undefined || type === undefined || name.length === 0) {
    throw new Error(`"${urn}" is no URN`);
  }
  return { urn, stack, project, type, name: name.join("::") };
}
