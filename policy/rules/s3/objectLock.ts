import { resourceRule } from "../../lib/rule";

export const s3ObjectLock = resourceRule({
  name: "s3-object-lock",
  title: "A bucket can lock its objects",
  why: "Locked objects cannot be deleted, not even by an administrator; nor by `pulumi destroy`, so it is off.",
  cure: "Set `objectLockEnabled`.",
  severity: "low",
  tier: "optional",
  url: "https://docs.aws.amazon.com/AmazonS3/latest/userguide/object-lock.html",
  controls: ["S3.15"],
  types: ["aws:s3/bucket:Bucket"],
  check({ props: { objectLockEnabled } }) {
    return objectLockEnabled ? undefined : { found: "no object lock", allowed: "object lock" };
  },
});
