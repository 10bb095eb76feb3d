import type * as aws from "@pulumi/aws";
import { nameOf } from "../../resources/autoName";
import { defineType, type ResourceType } from "../../resources/resourceType";
import { inert, inertTags, required, served } from "../../resources/treatment";
import { preview } from "../../resources/value";

const NOT_SENT = "the local cloud sends no messages";

const topic = defineType<typeof aws.sns.Topic>("aws:sns/topic:Topic", {
  properties: {
    applicationFailureFeedbackRoleArn: inert(NOT_SENT),
    applicationSuccessFeedbackRoleArn: inert(NOT_SENT),
    applicationSuccessFeedbackSampleRate: inert(NOT_SENT),
    archivePolicy: inert(NOT_SENT),
    contentBasedDeduplication: inert(NOT_SENT),
    deliveryPolicy: inert(NOT_SENT),
    displayName: inert(NOT_SENT),
    fifoThroughputScope: inert(NOT_SENT),
    fifoTopic: inert(NOT_SENT),
    firehoseFailureFeedbackRoleArn: inert(NOT_SENT),
    firehoseSuccessFeedbackRoleArn: inert(NOT_SENT),
    firehoseSuccessFeedbackSampleRate: inert(NOT_SENT),
    httpFailureFeedbackRoleArn: inert(NOT_SENT),
    httpSuccessFeedbackRoleArn: inert(NOT_SENT),
    httpSuccessFeedbackSampleRate: inert(NOT_SENT),
    kmsMasterKeyId: inert(NOT_SENT),
    lambdaFailureFeedbackRoleArn: inert(NOT_SENT),
    lambdaSuccessFeedbackRoleArn: inert(NOT_SENT),
    lambdaSuccessFeedbackSampleRate: inert(NOT_SENT),
    name: served,
    namePrefix: served,
    policy: inert(NOT_SENT),
    region: served,
    signatureVersion: inert(NOT_SENT),
    sqsFailureFeedbackRoleArn: inert(NOT_SENT),
    sqsSuccessFeedbackRoleArn: inert(NOT_SENT),
    sqsSuccessFeedbackSampleRate: inert(NOT_SENT),
    tags: inertTags,
    tracingConfig: inert(NOT_SENT),
  },
  replaceOn: ["name", "namePrefix", "fifoTopic"],
  autoName: { property: "name", maxLength: 256 },
  outputs(inputs, resource, { region, accountId }) {
    const name = nameOf(inputs.name, inputs.namePrefix, resource);
    const arn = preview`arn:aws:sns:${region}:${accountId}:${name}`;
    return {
      id: arn,
      arn,
      beginningArchiveTime: "",
      fifoThroughputScope: inputs.fifoThroughputScope ?? "",
      name,
      namePrefix: inputs.namePrefix ?? "",
      owner: accountId,
      policy: inputs.policy ?? "",
      signatureVersion: inputs.signatureVersion ?? 0,
      tagsAll: inputs.tags ?? {},
      tracingConfig: inputs.tracingConfig ?? "",
    };
  },
});

const topicPolicy = defineType<typeof aws.sns.TopicPolicy>("aws:sns/topicPolicy:TopicPolicy", {
  properties: { arn: required, policy: inert(NOT_SENT), region: served },
  replaceOn: ["arn"],
  deletedWith: { type: "aws:sns/topic:Topic", property: "arn" },
  outputs: ({ arn }, _resource, { accountId }) => ({ id: arn, owner: accountId }),
});

const topicSubscription = defineType<typeof aws.sns.TopicSubscription>(
  "aws:sns/topicSubscription:TopicSubscription",
  {
    properties: {
      confirmationTimeoutInMinutes: inert(NOT_SENT),
      deliveryPolicy: inert(NOT_SENT),
      endpoint: inert(NOT_SENT),
      endpointAutoConfirms: inert(NOT_SENT),
      filterPolicy: inert(NOT_SENT),
      filterPolicyScope: inert(NOT_SENT),
      protocol: inert(NOT_SENT),
      rawMessageDelivery: inert(NOT_SENT),
      redrivePolicy: inert(NOT_SENT),
      region: served,
      replayPolicy: inert(NOT_SENT),
      subscriptionRoleArn: inert(NOT_SENT),
      topic: required,
    },
    replaceOn: ["endpoint", "protocol", "topic"],
    deletedWith: { type: "aws:sns/topic:Topic", property: "topic" },
    outputs({ topic, filterPolicyScope }, { name }, { accountId }) {
      const arn = preview`${topic}:${name}`;
      return {
        id: arn,
        arn,
        confirmationWasAuthenticated: false,
        filterPolicyScope: filterPolicyScope ?? "",
        ownerId: accountId,
        pendingConfirmation: true,
      };
    },
  },
);

/** The resource types of SNS: known, so that a stack that has them runs; nothing is sent. */
export const snsResourceTypes: readonly ResourceType<undefined>[] = [topic, topicPolicy, topicSubscription];
