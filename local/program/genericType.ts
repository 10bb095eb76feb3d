import type { ResourceType } from "../resources/resourceType";

/** A resource type that the local cloud does not have: what the program wrote, an id and an ARN. All else is unknown. */
export function genericType(
  type: string,
): Pick<ResourceType, "properties" | "outputs" | "autoName" | "check"> {
  const service = /^aws:([a-z0-9-]+)\//i.exec(type)?.[1];
  return {
    properties: {},
    outputs: (_inputs, { name }, { region, accountId }) => ({
      id: name,
      ...(service && { arn: `arn:aws:${service}:${region}:${accountId}:${name}`, region }),
    }),
  };
}
