import { createReadStream, statSync } from "node:fs";
import { pipeline, Transform } from "node:stream";
import { PutObjectCommand } from "@aws-sdk/client-s3";
import type { ModelBucket } from "./modelBucket";

/**
 * Uploads a file as a stream, whatever its size; S3 checks what arrives.
 *
 * @param onProgress  Told the bytes on their way so far.
 */
export async function putFile(
  { client, bucket }: ModelBucket,
  key: string,
  file: string,
  onProgress: (sent: number) => void,
): Promise<void> {
  const { size } = statSync(file);
  let sent = 0;
  const counted = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      sent += chunk.length;
      onProgress(sent);
      done(undefined, chunk);
    },
  });
  const body = pipeline(createReadStream(file), counted, () => {});
  await client.send(new PutObjectCommand({ Bucket: bucket, Key: key, Body: body, ContentLength: size }));
}
