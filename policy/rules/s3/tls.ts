import { bucketPolicies } from "../../lib/buckets";
import { stackRule } from "../../lib/rule";
import { deniesPlainRequests } from "../../lib/statements";

export const s3Tls = stackRule({
  name: "s3-tls",
  title: "A bucket refuses requests without TLS",
  why: "A presigned address sent as http:// would carry the upload, and the signature, in the clear.",
  cure: "Make a BucketPolicy that denies `s3:*` on the bucket and its objects (`/*`) to `*` where `aws:SecureTransport` is false.",
  severity: "high",
  tier: "advice",
  url: "https://docs.aws.amazon.com/AmazonS3/latest/userguide/security-best-practices.html",
  controls: ["S3.5", "CKV_AWS_379", "AwsSolutions-S10"],
  types: ["aws:s3/bucket:Bucket"],
  check(bucket, { stack }) {
    const policies = bucketPolicies(bucket, stack);
    if (policies.some((policy) => deniesPlainRequests(policy, holdsObjects))) return undefined;
    return { found: "requests without TLS", allowed: "none" };
  },
});

/** A bucket's own ARN is not its objects'. */
const holdsObjects = (resources: readonly string[]) => resources.some((resource) => resource.endsWith("*"));
