import { encryptionRules } from "../../lib/buckets";
import { stackRule } from "../../lib/rule";

export const s3Kms = stackRule({
  name: "s3-kms",
  title: "A bucket encrypts with KMS, and a bucket key",
  why: "A key of one's own adds control over who reads. Models here are not secret, and each read would cost, so it is off.",
  cure: "Set `sseAlgorithm` to aws:kms and `bucketKeyEnabled`.",
  severity: "low",
  tier: "optional",
  url: "https://docs.aws.amazon.com/AmazonS3/latest/userguide/UsingKMSEncryption.html",
  controls: ["S3.17", "CKV_AWS_145"],
  types: ["aws:s3/bucket:Bucket"],
  check(bucket, { stack }) {
    const byKms = encryptionRules(bucket, stack).some(
      (rule) => rule.applyServerSideEncryptionByDefault?.sseAlgorithm === "aws:kms" && rule.bucketKeyEnabled,
    );
    return byKms ? undefined : { found: "no KMS key", allowed: "aws:kms with a bucket key" };
  },
});
