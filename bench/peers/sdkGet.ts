import type * as S3 from "../../functions/shared/s3Client";

// The function's own file of the AWS SDK, so that both load the same code.
const { GetObjectCommand, S3Client } = require(process.env.S3_CLIENT ?? "") as typeof S3;
const client = new S3Client();

/** Gets an object by the AWS SDK. */
export async function sdkGet(bucket: string, key: string): Promise<Buffer> {
  const { Body } = await client.send(new GetObjectCommand({ Bucket: bucket, Key: key }));
  return Buffer.from((await Body?.transformToByteArray()) ?? []);
}
