import { openSettings } from "../../lib/publicAccess";
import { resourceRule } from "../../lib/rule";

export const s3PublicAccessAllowed = resourceRule({
  name: "s3-public-access-allowed",
  title: "No stack lifts the block that S3 puts on public access",
  why: "New buckets block it in all four ways; a BucketPublicAccessBlock that leaves one out takes it away.",
  cure: "Set all four settings true, or remove the resource.",
  severity: "high",
  url: "https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-control-block-public-access.html",
  controls: ["CKV_AWS_53", "CKV_AWS_54", "CKV_AWS_55", "CKV_AWS_56", "AwsSolutions-S2"],
  types: ["aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock"],
  check({ props }) {
    const open = openSettings(props);
    return open === "" ? undefined : { found: `${open} not true`, allowed: "all four" };
  },
});
