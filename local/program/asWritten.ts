import type { ResourceType } from "../resources/resourceType";

/** A type that the local cloud does not bring, for a resource that is only judged: what the program wrote, an id and an ARN. */
export function asWritten(type: string): ResourceType {
  const service = /^aws:([a-z0-9-]+)\//i.exec(type)?.[1] ?? "unknown";
  return {
    type,
    properties: {},
    replaceOn: [],
    outputs: (_inputs, { name }, { region, accountId }) => ({
      id: name,
      arn: `arn:aws:${service}:${region}:${accountId}:${name}`,
      region,
    }),
  };
}
