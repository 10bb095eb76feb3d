import type { Properties } from "./value";

/**
 * Readers of a resource's properties by name. A property that is absent, unknown (as in a preview) or of another
 * type gives `undefined`: Pulumi's types have checked the program already.
 */
export const read = {
  text: (of: Properties, name: string) => (typeof of[name] === "string" ? (of[name] as string) : undefined),
  number: (of: Properties, name: string) => (typeof of[name] === "number" ? (of[name] as number) : undefined),
  boolean: (of: Properties, name: string) =>
    typeof of[name] === "boolean" ? (of[name] as boolean) : undefined,
  strings(of: Properties, name: string): string[] | undefined {
    const value = of[name];
    return Array.isArray(value) && value.every((item) => typeof item === "string") ? value : undefined;
  },
  /** An object property; empty where there is none. */
  object(of: Properties, name: string): Properties {
    const value = of[name];
    return typeof value === "object" && value !== null && !Array.isArray(value) ? (value as Properties) : {};
  },
  /** A property that the type's `inputs` say is required. */
  required(of: Properties, name: string): string {
    const value = read.text(of, name);
    if (value === undefined) throw new Error(`\`${name}\` is missing`);
    return value;
  },
};
