import { ownSetting } from "../../lib/buckets";
import { stackRule } from "../../lib/rule";

export const s3Replication = stackRule({
  name: "s3-replication",
  title: "A bucket is replicated to another region",
  why: "It survives the loss of a region. Models can be made again from their scripts, so it is off.",
  cure: "Make a BucketReplicationConfig for the bucket.",
  severity: "low",
  tier: "optional",
  url: "https://docs.aws.amazon.com/AmazonS3/latest/userguide/replication.html",
  controls: ["S3.7", "CKV_AWS_144"],
  types: ["aws:s3/bucket:Bucket"],
  check(bucket, { stack }) {
    const replications = stack.referring(
      bucket,
      "aws:s3/bucketReplicationConfig:BucketReplicationConfig",
      "bucket",
    );
    const rules = [
      ...replications.flatMap(({ props }) => props.rules ?? []),
      ...(ownSetting(bucket, "replicationConfiguration")?.rules ?? []),
    ];
    if (rules.some(({ status }) => status === "Enabled")) return undefined;
    return { found: "no replication", allowed: "replication" };
  },
});
