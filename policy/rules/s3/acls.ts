import { stackRule } from "../../lib/rule";

export const s3Acls = stackRule({
  name: "s3-acls",
  title: "A bucket has no ACLs",
  why: "An object's ACL opens it past every policy; with the owner enforced there are none.",
  cure: "Make BucketOwnershipControls with `objectOwnership` BucketOwnerEnforced.",
  severity: "medium",
  tier: "strict",
  url: "https://docs.aws.amazon.com/AmazonS3/latest/userguide/about-object-ownership.html",
  controls: ["S3.12", "CKV2_AWS_65"],
  types: ["aws:s3/bucket:Bucket"],
  check(bucket, { stack }) {
    const controls = stack.referring(
      bucket,
      "aws:s3/bucketOwnershipControls:BucketOwnershipControls",
      "bucket",
    );
    if (controls.some(({ props }) => props.rule.objectOwnership === "BucketOwnerEnforced")) return undefined;
    return { found: "ACLs possible", allowed: "BucketOwnerEnforced" };
  },
});
