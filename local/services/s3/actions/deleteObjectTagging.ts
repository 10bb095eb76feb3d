import type { DeleteObjectTaggingRequest } from "@aws-sdk/client-s3";
import { served } from "../../../resources/treatment";
import { defineAction } from "../action";
import { findTagged } from "../findVersion";
import { shownVersionId } from "../objectHeaders";
import { BUCKET } from "../parameters";

export const deleteObjectTagging = defineAction<DeleteObjectTaggingRequest>(
  "DeleteObjectTagging",
  { ...BUCKET, Key: served, VersionId: served },
  async (call) => {
    const { key, versionId } = await findTagged(call, "DeleteObjectTagging");
    await call.bucket.commit(() => [{ retag: { key, versionId, tags: {} } }]);
    return { status: 204, headers: { "x-amz-version-id": shownVersionId(call.bucket, versionId) } };
  },
);
