import { resourceRule } from "../../lib/rule";
import { allowedBy } from "../../lib/statements";

export const forbidPublicPolicy = resourceRule({
  name: "s3-public-policy",
  title: "A bucket's policy allows nothing to everyone",
  why: "Principal `*` without a condition is the whole internet.",
  cure: "Name the principals, or give a condition that does.",
  severity: "critical",
  url: "https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-control-block-public-access.html#access-control-block-public-access-policy-status",
  controls: ["S3.6", "CKV_AWS_70", "S2"],
  types: ["aws:s3/bucketPolicy:BucketPolicy"],
  check({ props: { policy } }) {
    return allowedBy(policy)
      .filter(({ principals, condition }) => principals.includes("*") && Object.keys(condition).length === 0)
      .map(({ actions }) => ({ found: `${actions.join(", ")} for everyone`, allowed: "principals by name" }));
  },
});
