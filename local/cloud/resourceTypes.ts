import { type ResourceType, withService } from "../resources/resourceType";
import { autoscalingResourceTypes } from "../services/appautoscaling/autoscalingResourceTypes";
import { budgetsResourceTypes } from "../services/budgets/budgetsResourceTypes";
import { cloudWatchResourceTypes } from "../services/cloudwatch/cloudWatchResourceTypes";
import { codeDeployResourceTypes } from "../services/codedeploy/codeDeployResourceTypes";
import { gatewayResourceTypes } from "../services/gateway/gatewayResourceTypes";
import { iamResourceTypes } from "../services/iam/iamResourceTypes";
import { key } from "../services/kms/key";
import { lambdaResourceTypes } from "../services/lambda/lambdaResourceTypes";
import { logsResourceTypes } from "../services/logs/logsResourceTypes";
import { networkResourceTypes } from "../services/network/networkResourceTypes";
import { s3ResourceTypes } from "../services/s3/s3ResourceTypes";
import { snsResourceTypes } from "../services/sns/snsResourceTypes";
import { volumeResourceTypes } from "../services/volume/volumeResourceTypes";
import { webAcl, webAclAssociation } from "../services/wafv2/webAcl";
import type { Cloud } from "./cloud";

/** Every resource type that the local cloud knows, each with its service found in the {@link Cloud}. */
export const RESOURCE_TYPES: readonly ResourceType<Cloud>[] = [
  ...lambdaResourceTypes.map((type) => withService(type, ({ lambda }: Cloud) => lambda)),
  ...gatewayResourceTypes.map((type) => withService(type, ({ gateway }: Cloud) => gateway)),
  ...iamResourceTypes.map((type) => withService(type, ({ iam }: Cloud) => iam)),
  ...s3ResourceTypes.map((type) => withService(type, ({ s3 }: Cloud) => s3)),
  ...cloudWatchResourceTypes.map((type) => withService(type, ({ cloudWatch }: Cloud) => cloudWatch)),
  ...[
    ...logsResourceTypes,
    ...snsResourceTypes,
    ...budgetsResourceTypes,
    ...codeDeployResourceTypes,
    ...autoscalingResourceTypes,
  ].map((type) => withService(type, (_: Cloud) => undefined)),
  ...networkResourceTypes.map((type) => withService(type, ({ network }: Cloud) => network)),
  ...[key, webAcl, webAclAssociation].map((type) => withService(type, (_: Cloud) => undefined)),
  ...volumeResourceTypes.map((type) => withService(type, ({ volume }: Cloud) => volume)),
];

const BY_TOKEN = new Map(RESOURCE_TYPES.map((resourceType) => [resourceType.type, resourceType]));

/** A type by its token, where the local cloud has it. */
export function resourceType(type: string): ResourceType<Cloud> | undefined {
  return BY_TOKEN.get(type);
}

/** @throws Error  A type that no service has, by its name. */
export function resourceTypeOf(type: string, name: string): ResourceType<Cloud> {
  const found = resourceType(type);
  if (found === undefined)
    throw new Error(`The local cloud does not know the resource type ${type} ("${name}").`);
  return found;
}
