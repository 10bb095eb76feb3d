import type { Call } from "./call";
import { findVersion } from "./findVersion";
import { S3Error } from "./s3Error";
import type { BucketStore } from "./store/bucketStore";
import type { ObjectVersion } from "./store/types";
import { checkReadPreconditions } from "./wire/checkPreconditions";

/**
 * The object that `x-amz-copy-source` names (`bucket/key[?versionId=…]`, percent-encoded), for somebody who may read it.
 * @throws S3Error
 */
export async function findCopySource(
  call: Call,
): Promise<{ readonly bucket: BucketStore; readonly version: ObjectVersion }> {
  const header = call.request.header("x-amz-copy-source") ?? "";
  const [, name = "", encodedKey = "", versionId] =
    /^\/?([^/]+)\/(.+?)(?:\?versionId=([^&]+))?$/s.exec(header) ?? [];
  if (!name)
    throw new S3Error("InvalidArgument", "Copy Source must mention the source bucket and key: bucket/key");
  const key = decode(encodedKey);
  const bucket = call.store.bucket(decode(name));
  await call.require(versionId === undefined ? "s3:GetObject" : "s3:GetObjectVersion", { bucket, key });
  const version = await findVersion(call, bucket, { key, versionId });
  checkReadPreconditions(call.request, version, "x-amz-copy-source-");
  return { bucket, version };
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    throw new S3Error("InvalidArgument", "Copy Source must be percent-encoded.");
  }
}
