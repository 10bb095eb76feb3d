import type { Declared, Properties, ResourceType } from "../../local/resourceType";

/** A resource as the recorder would hand it to its type, in region eu-central-1. */
export function declareResource(resourceType: ResourceType, inputs: Properties, name = "name"): Declared {
  resourceType.check?.(inputs, name);
  const urn = `urn:pulumi:dev::project::${resourceType.type}::${name}`;
  const place = {
    region: "eu-central-1",
    accountId: "123456789012",
    project: "project",
    stack: "dev",
    address: () => undefined,
  };
  return {
    urn,
    type: resourceType.type,
    name,
    custom: true,
    inputs,
    outputs: { ...inputs, ...resourceType.outputs(inputs, { name, urn }, place) },
    dependencies: [],
    propertyDependencies: {},
  };
}
