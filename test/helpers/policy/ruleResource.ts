import type { Declared } from "@paddock/local/program";
import type { PropertiesOf, ResourceToken } from "../../../policy/lib/resourceTypes";

export interface RuleResourceOptions {
  /** The resources that each property refers to. */
  readonly to?: Readonly<Record<string, Declared | readonly Declared[]>>;
  /** `dependsOn`. */
  readonly after?: readonly Declared[];
  readonly protect?: boolean;
  readonly deleteBeforeReplace?: boolean;
  /** @default test */
  readonly stack?: string;
}

/** A resource as a program would declare it; its id is its name. */
export function ruleResource<T extends ResourceToken>(
  type: T,
  name: string,
  inputs: Partial<PropertiesOf<T>> = {},
  { to = {}, after = [], protect, deleteBeforeReplace, stack = "test" }: RuleResourceOptions = {},
): Declared {
  const references = Object.entries(to).map(([property, resources]) => ({
    property,
    urns: [resources].flat().map(({ urn }) => urn),
  }));
  return {
    urn: `urn:pulumi:${stack}::paddock::${type}::${name}`,
    type,
    name,
    custom: true,
    inputs,
    outputs: { ...inputs, id: name },
    dependencies: [...references.flatMap(({ urns }) => urns), ...after.map(({ urn }) => urn)],
    propertyDependencies: Object.fromEntries(references.map(({ property, urns }) => [property, urns])),
    protect,
    deleteBeforeReplace,
  };
}
