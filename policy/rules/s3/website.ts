import { resourceRule } from "../../lib/rule";

export const s3Website = resourceRule({
  name: "s3-website",
  title: "A bucket is not a website by itself",
  why: "S3's website endpoint has no TLS, and needs the bucket open to everyone.",
  cure: "Put CloudFront with an origin access control in front of the bucket, and remove the website configuration.",
  severity: "medium",
  tier: "advice",
  url: "https://docs.aws.amazon.com/AmazonS3/latest/userguide/WebsiteHosting.html",
  types: ["aws:s3/bucket:Bucket", "aws:s3/bucketWebsiteConfiguration:BucketWebsiteConfiguration"],
  check(resource) {
    const isWebsite = resource.type !== "aws:s3/bucket:Bucket" || resource.props.website !== undefined;
    return isWebsite
      ? { found: "a website without TLS", allowed: "CloudFront before the bucket" }
      : undefined;
  },
});
