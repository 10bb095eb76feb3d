import { isForAllObjects, lifecycleRules } from "../../lib/buckets";
import { stackRule } from "../../lib/rule";

export const s3Lifecycle = stackRule({
  name: "s3-lifecycle",
  title: "A bucket removes unfinished uploads and old versions",
  why: "Parts of broken uploads and replaced versions are invisible in a listing, and paid for every month.",
  cure: "Make a BucketLifecycleConfiguration with `abortIncompleteMultipartUpload` and `noncurrentVersionExpiration`.",
  severity: "low",
  tier: "strict",
  url: "https://docs.aws.amazon.com/AmazonS3/latest/userguide/object-lifecycle-mgmt.html",
  controls: ["S3.13", "CKV2_AWS_61", "CKV_AWS_300"],
  types: ["aws:s3/bucket:Bucket"],
  check(bucket, { stack }) {
    const rules = lifecycleRules(bucket, stack);
    const whole = rules.filter(isForAllObjects);
    const missing = [
      whole.some((rule) => rule.abortIncompleteMultipartUpload) ? [] : "unfinished uploads",
      rules.some((rule) => rule.noncurrentVersionExpiration) ? [] : "old versions",
    ].flat();
    if (missing.length === 0) return undefined;
    return { found: `${missing.join(" and ")} kept for ever`, allowed: "a lifecycle for both" };
  },
});
