import type { RestoreObjectRequest } from "@aws-sdk/client-s3";
import { inert, served } from "../../../resources/treatment";
import { defineAction } from "../action";
import { findVersion } from "../findVersion";
import { OBJECT } from "../parameters";
import { S3Error } from "../s3Error";
import { isArchived } from "../store/storageClass";

/** Rejects as S3 does where there is nothing to restore. Archived objects are not restored here. */
export const restoreObject = defineAction<RestoreObjectRequest>(
  "RestoreObject",
  {
    ...OBJECT,
    VersionId: served,
    ChecksumAlgorithm: inert("nothing is restored, whatever the body says"),
    RestoreRequest: inert("nothing is restored, whatever the body says"),
  },
  async (call) => {
    const { bucket, key, versionId } = call;
    await call.require("s3:RestoreObject");
    const { storageClass = "STANDARD" } = (await findVersion(call, bucket, { key, versionId })).metadata;
    if (isArchived(storageClass)) {
      throw new S3Error("NotImplemented", {
        message: `The local S3 does not restore objects of the storage class ${storageClass}.`,
      });
    }
    throw new S3Error("InvalidObjectState", {
      message: "Restore is not allowed for the object's current storage class",
      details: { StorageClass: storageClass },
    });
  },
);
