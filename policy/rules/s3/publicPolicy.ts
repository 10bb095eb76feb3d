import { resourceRule } from "../../lib/rule";
import { allowedBy, isForEveryone } from "../../lib/statements";

export const s3PublicPolicy = resourceRule({
  name: "s3-public-policy",
  title: "A bucket's policy allows nothing to everyone",
  why: "Principal `*` is the whole internet, unless a condition says who: one for TLS does not.",
  cure: "Name the principals, or give a condition that does, e.g. `aws:PrincipalOrgID`.",
  severity: "critical",
  url: "https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-control-block-public-access.html#access-control-block-public-access-policy-status",
  controls: ["CKV_AWS_70"],
  types: ["aws:s3/bucket:Bucket", "aws:s3/bucketPolicy:BucketPolicy"],
  check({ props: { policy } }) {
    return allowedBy(policy)
      .filter(isForEveryone)
      .map(({ actions }) => ({ found: `${actions.join(", ")} for everyone`, allowed: "principals by name" }));
  },
});
