import type { Tag } from "@aws-sdk/client-s3";
import type * as aws from "@pulumi/aws";
import { defineType, type InputsOf } from "../../../resources/resourceType";
import { inert, nested, required, served } from "../../../resources/treatment";
import type { S3Service } from "../s3Service";
import type { LifecycleRule } from "../store/bucketConfiguration";
import { setting, settingId } from "./setting";

type Inputs = InputsOf<typeof aws.s3.BucketLifecycleConfiguration>;
type Rule = NonNullable<Inputs["rules"]>[number];

const ONE_DISK = inert("all storage classes are one disk");

export const bucketLifecycleConfiguration = defineType<typeof aws.s3.BucketLifecycleConfiguration, S3Service>(
  "aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration",
  {
    properties: {
      bucket: required,
      expectedBucketOwner: served,
      region: served,
      rules: nested({
        abortIncompleteMultipartUpload: nested({ daysAfterInitiation: served }),
        expiration: nested({ date: served, days: served, expiredObjectDeleteMarker: served }),
        filter: nested({
          and: nested({
            objectSizeGreaterThan: served,
            objectSizeLessThan: served,
            prefix: served,
            tags: served,
          }),
          objectSizeGreaterThan: served,
          objectSizeLessThan: served,
          prefix: served,
          tag: nested({ key: required, value: required }),
        }),
        id: required,
        noncurrentVersionExpiration: nested({ newerNoncurrentVersions: served, noncurrentDays: required }),
        noncurrentVersionTransitions: ONE_DISK,
        prefix: served,
        status: required,
        transitions: ONE_DISK,
      }),
      timeouts: inert("nothing takes long"),
      transitionDefaultMinimumObjectSize: ONE_DISK,
    },
    replaceOn: ["bucket", "expectedBucketOwner"],
    ...setting<Inputs>(({ rules = [] }) => ({ lifecycleRules: rules.map(toRule) }), {
      lifecycleRules: undefined,
    }),
    outputs: (inputs) => ({
      expectedBucketOwner: inputs.expectedBucketOwner ?? "",
      id: settingId(inputs),
      transitionDefaultMinimumObjectSize:
        inputs.transitionDefaultMinimumObjectSize ?? "all_storage_classes_128K",
    }),
  },
);

function toRule(rule: Rule): LifecycleRule {
  const { expiration, noncurrentVersionExpiration: noncurrent, abortIncompleteMultipartUpload: abort } = rule;
  return {
    ID: rule.id,
    Status: rule.status === "Enabled" ? "Enabled" : "Disabled",
    Filter: rule.filter ? toFilter(rule.filter) : { Prefix: rule.prefix },
    Expiration: expiration && {
      Date: expiration.date === undefined ? undefined : new Date(expiration.date),
      Days: expiration.days,
      ExpiredObjectDeleteMarker: expiration.expiredObjectDeleteMarker,
    },
    NoncurrentVersionExpiration: noncurrent && {
      NoncurrentDays: noncurrent.noncurrentDays,
      NewerNoncurrentVersions: noncurrent.newerNoncurrentVersions,
    },
    AbortIncompleteMultipartUpload: abort && { DaysAfterInitiation: abort.daysAfterInitiation },
  };
}

function toFilter({ and, ...filter }: NonNullable<Rule["filter"]>): LifecycleRule["Filter"] {
  return {
    Prefix: filter.prefix,
    Tag: filter.tag && { Key: filter.tag.key, Value: filter.tag.value },
    ObjectSizeGreaterThan: filter.objectSizeGreaterThan,
    ObjectSizeLessThan: filter.objectSizeLessThan,
    And: and && {
      Prefix: and.prefix,
      Tags: Object.entries(and.tags ?? {}).map(([Key, Value]): Tag => ({ Key, Value })),
      ObjectSizeGreaterThan: and.objectSizeGreaterThan,
      ObjectSizeLessThan: and.objectSizeLessThan,
    },
  };
}
