import type { DeleteObjectRequest } from "@aws-sdk/client-s3";
import { served } from "../../../resources/treatment";
import { defineAction } from "../action";
import type { Call } from "../call";
import { checkVersionId, type VersionName } from "../findVersion";
import { shownVersionId } from "../objectHeaders";
import { DELETION, IF_MATCH_LAST_MODIFIED_TIME, IF_MATCH_SIZE, OBJECT } from "../parameters";
import { type Removed, removeObject } from "../store/removeObject";
import { deletePreconditions } from "../wire/preconditions";

export const deleteObject = defineAction<DeleteObjectRequest>(
  "DeleteObject",
  {
    ...OBJECT,
    ...DELETION,
    IfMatch: served,
    IfMatchLastModifiedTime: IF_MATCH_LAST_MODIFIED_TIME,
    IfMatchSize: IF_MATCH_SIZE,
    VersionId: served,
  },
  async (call) => {
    const { bucket, key, versionId: named, request } = call;
    if (named !== undefined && !bucket.state.objects.version(key, named)) checkVersionId(named);
    const { versionId, deleteMarker } = await deleteOne(
      call,
      { key, versionId: named },
      request.header("if-match"),
    );
    return {
      status: 204,
      headers: {
        "x-amz-delete-marker": deleteMarker ? "true" : undefined,
        "x-amz-version-id": shownVersionId(bucket, versionId),
      },
    };
  },
);

/** Deletes one object or version for callers that are allowed to, and sends the bucket's functions an event. */
export async function deleteOne(
  call: Call,
  { key, versionId }: VersionName,
  ifMatch: string | undefined,
): Promise<Removed> {
  const context = { "s3:VersionId": versionId, "s3:if-match": ifMatch };
  await call.require(versionId === undefined ? "s3:DeleteObject" : "s3:DeleteObjectVersion", {
    key,
    context,
  });
  // Whether an ETag matches says something about the object.
  if (ifMatch !== undefined && ifMatch !== "*") await call.require("s3:GetObject", { key, context });
  const check = deletePreconditions(ifMatch);
  const removed = await removeObject(call.bucket, { key, versionId }, { now: call.now, check });
  if (removed.changed) {
    const isMarked = removed.deleteMarker && versionId === undefined;
    call.notify(isMarked ? "ObjectRemoved:DeleteMarkerCreated" : "ObjectRemoved:Delete", {
      key,
      versionId: removed.versionId,
    });
  }
  return removed;
}
