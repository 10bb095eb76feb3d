import type { Context } from "../iam/context";
import type { Call } from "./call";
import { invalidArgument, S3Error } from "./s3Error";
import type { BucketStore } from "./store/bucketStore";
import { isVersionId } from "./store/storeObject";
import { isDeleteMarker, type ObjectVersion } from "./store/types";
import { checkReadPreconditions } from "./wire/preconditions";

/** A version of an object; the current one unless `versionId` names another. */
export interface VersionName {
  readonly key: string;
  readonly versionId?: string;
  /** Name in the error where there is no such key. @default the key */
  readonly shownKey?: string;
}

/**
 * Finds the version that a read is about.
 *
 * @throws S3Error  NoSuchKey (AccessDenied for those who may not list the bucket), NoSuchVersion, MethodNotAllowed for a delete marker
 */
export async function findVersion(
  call: Call,
  bucket: BucketStore,
  { key, versionId, shownKey = key }: VersionName,
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
    if (versionId !== undefined) checkVersionId(versionId);
    if (versionId === undefined) throw new S3Error("NoSuchKey", { details: { Key: shownKey } });
    throw new S3Error("NoSuchVersion", { details: { Key: key, VersionId: versionId.slice(0, 200) } });
  }
  if (versionId === undefined) {
    throw new S3Error("NoSuchKey", { details: { Key: key }, headers: markerHeaders(version.versionId) });
  }
  throw onDeleteMarker(call, version.versionId);
}

/** Finds the object that a GetObject or HeadObject reads, for callers that are allowed to, if its conditions hold. */
export async function findReadable(call: Call): Promise<ObjectVersion> {
  const { bucket, key, versionId, request, now } = call;
  rejectEncryption(call);
  await call.require(versionId === undefined ? "s3:GetObject" : "s3:GetObjectVersion");
  const version = await findVersion(call, bucket, { key, versionId });
  checkReadPreconditions(request, version, { now });
  return version;
}

/**
 * Rejects headers of an encryption, which reads must not have.
 * @see https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetObject.html
 */
function rejectEncryption({ request }: Call): void {
  const name = "x-amz-server-side-encryption";
  const given = request.header(name);
  if (given === undefined) return;
  throw invalidArgument(`${name} header is not supported for this operation.`, name, given);
}

/** Finds the object whose tags an action is about. @param action  On an object; that on a version has another name. */
export async function findTagged(
  call: Call,
  action: `${string}Object${string}`,
  context?: Context,
): Promise<ObjectVersion> {
  const { bucket, key, versionId } = call;
  const named = versionId === undefined ? action : action.replace("Object", "ObjectVersion");
  await call.require(`s3:${named}`, { context });
  const current = bucket.state.objects.versions(key)[0];
  if (versionId === undefined && current && isDeleteMarker(current)) {
    throw onDeleteMarker(call, current.versionId);
  }
  return findVersion(call, bucket, {
    key,
    versionId,
    // As recorded: this action alone names the bucket, too.
    ...(action === "GetObjectTagging" && { shownKey: `${bucket.name}/${key}` }),
  });
}

/** @throws S3Error  InvalidArgument: S3 never gave this id. */
export function checkVersionId(versionId: string): void {
  if (isVersionId(versionId)) return;
  throw invalidArgument("Invalid version id specified", "versionId", versionId);
}

function onDeleteMarker({ request }: Call, versionId: string): S3Error {
  return new S3Error("MethodNotAllowed", {
    details: { Method: request.method, ResourceType: "DeleteMarker" },
    headers: [...markerHeaders(versionId), ["allow", "DELETE"]],
  });
}

function markerHeaders(versionId: string): [string, string][] {
  return [
    ["x-amz-delete-marker", "true"],
    ["x-amz-version-id", versionId],
  ];
}
