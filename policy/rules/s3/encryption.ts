import { encryptionRules } from "../../lib/buckets";
import { stackRule } from "../../lib/rule";

export const s3Encryption = stackRule({
  name: "s3-encryption",
  title: "A bucket says how it encrypts",
  why: "S3 encrypts anyway; written down, it cannot be turned into something else unseen.",
  cure: "Make a BucketServerSideEncryptionConfiguration with AES256 or aws:kms.",
  severity: "medium",
  tier: "strict",
  url: "https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucket-encryption.html",
  types: ["aws:s3/bucket:Bucket"],
  check(bucket, { stack }) {
    const rules = encryptionRules(bucket, stack);
    if (rules.some((rule) => rule.applyServerSideEncryptionByDefault?.sseAlgorithm)) return undefined;
    return { found: "no encryption configuration", allowed: "AES256 or aws:kms" };
  },
});
