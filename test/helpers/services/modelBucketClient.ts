import { S3Client } from "@aws-sdk/client-s3";
import type { LocalCloud } from "@paddock/local/cli";

/** The AWS SDK at a local cloud's S3, as the person at the machine, and the name of its model bucket. */
export function modelBucketClient({ outputs, rootKey }: LocalCloud): { client: S3Client; bucket: string } {
  const client = new S3Client({
    endpoint: String(outputs.s3Endpoint),
    region: "us-east-1",
    forcePathStyle: true,
    credentials: rootKey,
  });
  return { client, bucket: String(outputs.modelBucket) };
}
