import type { Call } from "./call";
import { S3Error } from "./s3Error";
import type { BucketStore } from "./store/bucketStore";
import { isDeleteMarker, type ObjectVersion } from "./store/types";

/**
 * The version a read is about, the current one unless `versionId` names another.
 * @throws S3Error NoSuchKey (AccessDenied for those who may not list the bucket), NoSuchVersion, MethodNotAllowed for a delete marker
 */
export async function findVersion(
  call: Call,
  bucket: BucketStore,
  { key, versionId }: { key: string; versionId?: string },
): Promise<ObjectVersion> {
  const { objects } = bucket.state;
  const version = versionId === undefined ? objects.versions(key)[0] : objects.version(key, versionId);
  if (version && !isDeleteMarker(version)) return version;
  // Without the right to list, nobody can find out which keys exist.
  // https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetObject.html
  const context = { "s3:prefix": key };
  if (!(await call.isAllowed("s3:ListBucket", { bucket, key: null, context })))
    throw new S3Error("AccessDenied");
  if (!version) {
    if (versionId === undefined) throw new S3Error("NoSuchKey", undefined, { Key: key });
    throw new S3Error("NoSuchVersion", undefined, { Key: key, VersionId: versionId });
  }
  const headers = { "x-amz-delete-marker": "true", "x-amz-version-id": version.versionId };
  if (versionId === undefined) throw new S3Error("NoSuchKey", undefined, { Key: key }, headers);
  const details = { Method: call.request.method, ResourceType: "DeleteMarker" };
  throw new S3Error("MethodNotAllowed", undefined, details, { ...headers, allow: "DELETE" });
}
