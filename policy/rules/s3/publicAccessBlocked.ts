import { openSettings } from "../../lib/publicAccess";
import { stackRule } from "../../lib/rule";

export const s3PublicAccessBlocked = stackRule({
  name: "s3-public-access-blocked",
  title: "A bucket blocks public access in all four ways",
  why: "One wrong policy or ACL later must not open models and uploads to everyone.",
  cure: "Make a BucketPublicAccessBlock for the bucket with all four settings true.",
  severity: "critical",
  tier: "strict",
  url: "https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-control-block-public-access.html",
  controls: ["S3.8", "CKV2_AWS_6"],
  types: ["aws:s3/bucket:Bucket"],
  check(bucket, { stack }) {
    const [block] = stack.referring(
      bucket,
      "aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock",
      "bucket",
    );
    if (block === undefined) return { found: "no public access block", allowed: "all four settings true" };
    const open = openSettings(block.props);
    if (open === "") return undefined;
    return { found: `${open} not true`, allowed: "all four settings true" };
  },
});
