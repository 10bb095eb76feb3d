import type { GetObjectTaggingRequest } from "@aws-sdk/client-s3";
import { served } from "../../../resources/treatment";
import { defineAction } from "../action";
import { findTagged } from "../findVersion";
import { shownVersionId } from "../objectHeaders";
import { OBJECT } from "../parameters";
import { writeTagging } from "../wire/tagging";

export const getObjectTagging = defineAction<GetObjectTaggingRequest>(
  "GetObjectTagging",
  { ...OBJECT, VersionId: served },
  async (call) => {
    const version = await findTagged(call, "GetObjectTagging");
    return {
      headers: { "x-amz-version-id": shownVersionId(call.bucket, version.versionId) },
      body: writeTagging(version.metadata.tags),
    };
  },
);
