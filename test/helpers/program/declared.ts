import { resourceTypeOf } from "@paddock/local/cloud";
import type { Declared, Placement, Properties } from "@paddock/local/program";

/** A place with AWS's own forms of addresses: nothing listens. */
export const onAws: Placement = {
  region: "eu-west-1",
  accountId: "123456789012",
  project: "paddock",
  stack: "test",
  address: () => undefined,
};

/** A resource as the recorder hands it on, checked, with the outputs of its type. */
export function declared(type: string, name: string, inputs: Properties, place: Placement = onAws): Declared {
  const urn = `urn:pulumi:test::paddock::${type}::${name}`;
  const resourceType = resourceTypeOf(type, name);
  resourceType.check?.(inputs, name);
  const outputs = { ...inputs, ...resourceType.outputs(inputs, { name, urn }, place) };
  return { urn, type, name, custom: true, inputs, outputs, dependencies: [], propertyDependencies: {} };
}
