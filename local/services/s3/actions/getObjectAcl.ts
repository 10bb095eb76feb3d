import type { GetObjectAclRequest } from "@aws-sdk/client-s3";
import { served } from "../../../resources/treatment";
import { defineAction } from "../action";
import { findVersion } from "../findVersion";
import { shownVersionId } from "../objectHeaders";
import { OBJECT } from "../parameters";
import { writeAcl } from "../wire/acl";

export const getObjectAcl = defineAction<GetObjectAclRequest>(
  "GetObjectAcl",
  { ...OBJECT, VersionId: served },
  async (call) => {
    const { bucket, key, versionId: named } = call;
    await call.require(named === undefined ? "s3:GetObjectAcl" : "s3:GetObjectVersionAcl");
    const { versionId } = await findVersion(call, bucket, { key, versionId: named });
    return {
      headers: { "x-amz-version-id": shownVersionId(bucket, versionId) },
      body: writeAcl(call.options.accountId),
    };
  },
);
