import type { ResourceType } from "../resources/resourceType";
import { gatewayResourceTypes } from "../services/gateway/gatewayResourceTypes";
import { iamResourceTypes } from "../services/iam/iamResourceTypes";
import { lambdaResourceTypes } from "../services/lambda/lambdaResourceTypes";
import { logsResourceTypes } from "../services/logs/logsResourceTypes";
import { networkResourceTypes } from "../services/network/networkResourceTypes";
import { s3ResourceTypes } from "../services/s3/s3ResourceTypes";
import { volumeResourceTypes } from "../services/volume/volumeResourceTypes";

/** Every resource type that the local cloud brings, a list from each service. */
export const RESOURCE_TYPES: readonly ResourceType[] = [
  ...gatewayResourceTypes,
  ...iamResourceTypes,
  ...lambdaResourceTypes,
  ...logsResourceTypes,
  ...s3ResourceTypes,
  ...networkResourceTypes,
  ...volumeResourceTypes,
];

const BY_TOKEN = new Map(RESOURCE_TYPES.map((resourceType) => [resourceType.type, resourceType]));

/** Whether the local cloud brings a type. */
export function isResourceType(type: string): boolean {
  return BY_TOKEN.has(type);
}

/** @throws Error  A type that no service brings, by its name. */
export function resourceTypeOf(type: string, name: string): ResourceType {
  const found = BY_TOKEN.get(type);
  if (found === undefined)
    throw new Error(`The local cloud does not know the resource type ${type} ("${name}").`);
  return found;
}
