import type { Readable } from "node:stream";
import { s3 } from "../shared/s3";
import { statusOf } from "../shared/statusOf";
import { ModelIncomplete } from "./errors";
import type { ModelObjects } from "./modelObjects";

/** Opens the objects of a bucket whose keys begin with `prefix`. */
export function bucketObjects(bucket: string, prefix: string): ModelObjects {
  const { GetObjectCommand, HeadObjectCommand, S3Client } = s3();
  const client = new S3Client({});
  return {
    async head(key) {
      try {
        const { ContentLength, ETag } = await client.send(
          new HeadObjectCommand({ Bucket: bucket, Key: prefix + key }),
        );
        return { bytes: ContentLength ?? 0, etag: ETag ?? "" };
      } catch (error) {
        if (statusOf(error) === 404) return undefined;
        throw error;
      }
    },
    async read(key, { etag, offset, signal }) {
      try {
        const { Body } = await client.send(
          new GetObjectCommand({
            Bucket: bucket,
            Key: prefix + key,
            IfMatch: etag,
            Range: offset > 0 ? `bytes=${offset}-` : undefined,
          }),
          { abortSignal: signal },
        );
        return Body as Readable;
      } catch (cause) {
        if (statusOf(cause) !== 412 && statusOf(cause) !== 404) throw cause;
        throw new ModelIncomplete(`${key} was replaced while it was read`, { cause });
      }
    },
  };
}
