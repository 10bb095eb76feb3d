import type * as aws from "@pulumi/aws";
import { defineType, type ResourceType } from "../../resources/resourceType";
import { inert, inertTags, required, served } from "../../resources/treatment";
import { ABSENT, preview } from "../../resources/value";

const NOT_SCALED =
  "the local cloud keeps as many instances warm as are declared, up to its cores, and scales none";

/** The parts that a policy and a scheduled action of a target have in common. */
const PART_OF_TARGET = {
  replaceOn: ["name", "resourceId", "scalableDimension", "serviceNamespace"],
  deletedWith: { type: "aws:appautoscaling/target:Target", property: "resourceId" },
  autoName: { property: "name", maxLength: 255 },
} as const;

const target = defineType<typeof aws.appautoscaling.Target>("aws:appautoscaling/target:Target", {
  properties: {
    maxCapacity: inert(NOT_SCALED),
    minCapacity: inert(NOT_SCALED),
    region: served,
    resourceId: required,
    roleArn: inert(NOT_SCALED),
    scalableDimension: required,
    serviceNamespace: required,
    suspendedState: inert(NOT_SCALED),
    tags: inertTags,
  },
  replaceOn: ["resourceId", "scalableDimension", "serviceNamespace"],
  outputs: (inputs, { name }, { region, accountId }) => ({
    id: inputs.resourceId,
    arn: preview`arn:aws:application-autoscaling:${region}:${accountId}:scalable-target/${name}`,
    roleArn: inputs.roleArn ?? "",
    suspendedState: inputs.suspendedState ?? ABSENT,
    tagsAll: inputs.tags ?? {},
  }),
});

const policy = defineType<typeof aws.appautoscaling.Policy>("aws:appautoscaling/policy:Policy", {
  properties: {
    name: served,
    policyType: inert(NOT_SCALED),
    predictiveScalingPolicyConfiguration: inert(NOT_SCALED),
    region: served,
    resourceId: required,
    scalableDimension: required,
    serviceNamespace: required,
    stepScalingPolicyConfiguration: inert(NOT_SCALED),
    targetTrackingScalingPolicyConfiguration: inert(NOT_SCALED),
  },
  ...PART_OF_TARGET,
  outputs(inputs, resource, { region, accountId }) {
    const name = inputs.name ?? resource.name;
    return {
      id: name,
      alarmArns: [],
      arn: preview`arn:aws:autoscaling:${region}:${accountId}:scalingPolicy:${name}`,
      name,
    };
  },
});

const scheduledAction = defineType<typeof aws.appautoscaling.ScheduledAction>(
  "aws:appautoscaling/scheduledAction:ScheduledAction",
  {
    properties: {
      endTime: inert(NOT_SCALED),
      name: served,
      region: served,
      resourceId: required,
      scalableDimension: required,
      scalableTargetAction: inert(NOT_SCALED),
      schedule: inert(NOT_SCALED),
      serviceNamespace: required,
      startTime: inert(NOT_SCALED),
      timezone: inert(NOT_SCALED),
    },
    ...PART_OF_TARGET,
    outputs(inputs, resource, { region, accountId }) {
      const name = inputs.name ?? resource.name;
      return {
        id: name,
        arn: preview`arn:aws:autoscaling:${region}:${accountId}:scheduledAction:${name}`,
        name,
      };
    },
  },
);

/** The resource types of Application Auto Scaling. */
export const autoscalingResourceTypes: readonly ResourceType<undefined>[] = [target, policy, scheduledAction];
