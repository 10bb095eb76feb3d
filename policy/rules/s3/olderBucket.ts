import { resourceRule } from "../../lib/rule";

export const s3OlderBucket = resourceRule({
  name: "s3-older-bucket",
  title: "A bucket is a Bucket, not a BucketV2",
  why: "BucketV2 is the deprecated name of the same resource: each other rule about buckets would pass it unseen.",
  cure: "Write `aws.s3.Bucket`, and the resources about it without `V2` too; the provider knows them as the same, and replaces nothing.",
  severity: "medium",
  tier: "strict",
  url: "https://www.pulumi.com/registry/packages/aws/api-docs/s3/bucketv2/",
  types: ["aws:s3/bucket:Bucket", "aws:s3/bucketV2:BucketV2"],
  check({ type }) {
    return type === "aws:s3/bucketV2:BucketV2" ? { found: "a BucketV2", allowed: "a Bucket" } : undefined;
  },
});
