import type { PutObjectTaggingRequest } from "@aws-sdk/client-s3";
import { served } from "../../../resources/treatment";
import { defineAction } from "../action";
import { findTagged } from "../findVersion";
import { shownVersionId } from "../objectHeaders";
import { OBJECT } from "../parameters";
import { tagContext } from "../policyContext";
import { readTagging } from "../wire/tagging";

export const putObjectTagging = defineAction<PutObjectTaggingRequest>(
  "PutObjectTagging",
  { ...OBJECT, ChecksumAlgorithm: served, ContentMD5: served, Tagging: served, VersionId: served },
  async (call) => {
    const tags = readTagging(await call.readText());
    const { key, versionId } = await findTagged(call, "PutObjectTagging", tagContext(tags));
    await call.bucket.commit(() => [{ retag: { key, versionId, tags } }]);
    return { headers: { "x-amz-version-id": shownVersionId(call.bucket, versionId) } };
  },
);
