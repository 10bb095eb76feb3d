import { awsUriEncode } from "../iam/sigv4/awsUriEncode";
import { abortTime, expirationTime } from "./expireObjects";
import type { LifecycleRule } from "./store/bucketConfiguration";
import type { BucketStore } from "./store/bucketStore";
import type { ObjectVersion, Upload } from "./store/types";

/** Which lifecycle rule removes the current version of an object, and when. */
export function expirationHeaders(bucket: BucketStore, version: ObjectVersion) {
  const next = earliest(bucket, (rule) => expirationTime(rule, version));
  return {
    "x-amz-expiration": next && `expiry-date="${next.date}", rule-id="${next.ruleId}"`,
  };
}

/** Which lifecycle rule aborts an upload that goes on, and when. */
export function abortHeaders(bucket: BucketStore, upload: Upload) {
  const next = earliest(bucket, (rule) => abortTime(rule, upload));
  return { "x-amz-abort-date": next?.date, "x-amz-abort-rule-id": next?.ruleId };
}

/** The rule that comes first by its time, of several the first in the bucket's configuration. */
function earliest({ configuration }: BucketStore, timeOf: (rule: LifecycleRule) => number) {
  const [first] = (configuration.lifecycleRules ?? [])
    .filter(({ Status }) => Status === "Enabled")
    .map((rule) => ({ rule, time: timeOf(rule) }))
    .filter(({ time }) => Number.isFinite(time))
    .sort((a, b) => a.time - b.time);
  return first && { date: new Date(first.time).toUTCString(), ruleId: awsUriEncode(first.rule.ID ?? "") };
}
