import type { LifecycleRule, LifecycleRuleFilter, Tag } from "@aws-sdk/client-s3";
import type { types } from "@pulumi/aws";
import { bucketSetting } from "./bucketSetting";

type Rule = types.output.s3.BucketLifecycleConfigurationRule;
type Filter = types.output.s3.BucketLifecycleConfigurationRuleFilter;

export const bucketLifecycleConfiguration = bucketSetting({
  type: "aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration",
  inputs: ["expectedBucketOwner", "rules", "timeouts", "transitionDefaultMinimumObjectSize"],
  defaults: { transitionDefaultMinimumObjectSize: "all_storage_classes_128K" },
  settings: ({ rules = [] }) => ({ lifecycleRules: (rules as readonly Rule[]).map(toRule) }),
  unset: { lifecycleRules: undefined },
});

/** Transitions are left out: here all storage classes are one disk. */
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

function toFilter({ and, ...filter }: Filter): LifecycleRuleFilter {
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
