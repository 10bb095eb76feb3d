import type { Declared, Placement } from "./declared";
import type { ResourceType, Siblings } from "./resourceType";
import { served } from "./treatment";
import type { Properties } from "./value";

/** @deprecated A type that is not yet defined by {@link import("./resourceType").defineType}. */
export interface LegacyResourceType<Cloud>
  extends Omit<ResourceType<Cloud>, "properties" | "validateAgainst" | "outputs"> {
  readonly inputs: readonly string[];
  validateAgainst?(inputs: Properties, siblings: LegacySiblings): void;
  outputs(
    inputs: Properties,
    resource: { name: string; urn: string },
    place: Placement,
  ): Properties & { id: string };
}

export type LegacySiblings = Siblings;

export type LegacyLive = Declared;

export function fromLegacy<Cloud>({ inputs, ...legacy }: LegacyResourceType<Cloud>): ResourceType<Cloud> {
  const properties = Object.fromEntries(inputs.map((name) => [name, served]));
  return { ...legacy, properties } as unknown as ResourceType<Cloud>;
}
