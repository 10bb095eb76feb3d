import { ownSetting } from "../../lib/buckets";
import { stackRule } from "../../lib/rule";

export const s3AccessLogs = stackRule({
  name: "s3-access-logs",
  title: "A bucket logs its requests",
  why: "It shows who read what. It needs a bucket of its own for the logs, so it is off.",
  cure: "Make a BucketLogging for the bucket.",
  severity: "low",
  tier: "optional",
  url: "https://docs.aws.amazon.com/AmazonS3/latest/userguide/ServerLogs.html",
  controls: ["S3.9", "CKV_AWS_18", "AwsSolutions-S1"],
  types: ["aws:s3/bucket:Bucket"],
  check(bucket, { stack }) {
    const loggings = stack.referring(bucket, "aws:s3/bucketLogging:BucketLogging", "bucket");
    if (loggings.length > 0 || ownSetting(bucket, "logging")) return undefined;
    return { found: "no access logs", allowed: "access logs" };
  },
});
