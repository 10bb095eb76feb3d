import { ownSetting } from "../../lib/buckets";
import { stackRule } from "../../lib/rule";

export const s3Versioning = stackRule({
  name: "s3-versioning",
  title: "A bucket keeps versions",
  why: "A model that is overwritten by a worse one can be brought back.",
  cure: "Make a BucketVersioning with status Enabled, and a lifecycle that removes old versions.",
  severity: "medium",
  tier: "strict",
  url: "https://docs.aws.amazon.com/AmazonS3/latest/userguide/Versioning.html",
  controls: ["S3.14", "CKV_AWS_21"],
  types: ["aws:s3/bucket:Bucket"],
  check(bucket, { stack }) {
    const versionings = stack.referring(bucket, "aws:s3/bucketVersioning:BucketVersioning", "bucket");
    if (versionings.some(({ props }) => props.versioningConfiguration.status === "Enabled")) return undefined;
    if (ownSetting(bucket, "versioning")?.enabled) return undefined;
    return { found: "no versioning", allowed: "status Enabled" };
  },
});
