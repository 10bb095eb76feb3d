import { stackRule } from "../../lib/rule";

export const s3Events = stackRule({
  name: "s3-events",
  title: "A bucket tells of its changes",
  why: "Something can act on each new object. Not every bucket has someone to tell, so it is off.",
  cure: "Make a BucketNotification for the bucket.",
  severity: "low",
  tier: "optional",
  url: "https://docs.aws.amazon.com/AmazonS3/latest/userguide/EventNotifications.html",
  controls: ["S3.11", "CKV2_AWS_62"],
  types: ["aws:s3/bucket:Bucket"],
  check(bucket, { stack }) {
    const notifications = stack.referring(bucket, "aws:s3/bucketNotification:BucketNotification", "bucket");
    return notifications.length > 0 ? undefined : { found: "no notifications", allowed: "a notification" };
  },
});
