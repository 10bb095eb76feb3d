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
  const [, stack, project, types, name] = /^urn:pulumi:(.*?)::(.*?)::(.*?)::(.*)$/.exec(urn) ?? [];
  const type = types?.split("$").pop();
  if (stack === undefined || project === undefined || type === undefined || name === undefined) {
    throw new Error(`"${urn}" is no URN`);
  }
  return { urn, stack, project, type, name };
}
