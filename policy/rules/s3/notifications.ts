import { stackRule } from "../../lib/rule";

export const s3Notifications = stackRule({
  name: "s3-notifications",
  title: "A bucket has one notification configuration, made after its permission",
  why: "A second BucketNotification overwrites the first, and S3 refuses one for a function that it may not invoke yet.",
  cure: "Put all of a bucket's notifications into one BucketNotification that depends on the Permissions.",
  severity: "high",
  tier: "aws",
  url: "https://www.pulumi.com/registry/packages/aws/api-docs/s3/bucketnotification/",
  types: ["aws:s3/bucketNotification:BucketNotification"],
  check(notification, { stack }) {
    const [bucket] = stack.references(notification, "aws:s3/bucket:Bucket", "bucket");
    const siblings = bucket
      ? stack.referring(bucket, "aws:s3/bucketNotification:BucketNotification", "bucket")
      : [];
    const functions = stack.references(notification, "aws:lambda/function:Function", "lambdaFunctions");
    const unready = functions.filter(
      (fn) =>
        !stack
          .referring(fn, "aws:lambda/permission:Permission", "function")
          .some(
            (permission) =>
              permission.props.principal === "s3.amazonaws.com" && stack.dependsOn(notification, permission),
          ),
    );
    return [
      ...(siblings.length > 1 ? [{ found: `${siblings.length} on one bucket`, allowed: "one" }] : []),
      ...unready.map(({ name }) => ({
        found: `no permission of S3 for ${name} before it`,
        allowed: "the permission first",
      })),
    ];
  },
});
