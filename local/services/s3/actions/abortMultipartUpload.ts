import type { AbortMultipartUploadRequest } from "@aws-sdk/client-s3";
import { served } from "../../../resources/treatment";
import { defineAction } from "../action";
import { findUpload } from "../multipartUpload";
import { IF_MATCH_INITIATED_TIME, OBJECT } from "../parameters";

export const abortMultipartUpload = defineAction<AbortMultipartUploadRequest>(
  "AbortMultipartUpload",
  { ...OBJECT, IfMatchInitiatedTime: IF_MATCH_INITIATED_TIME, UploadId: served },
  async (call) => {
    await call.require("s3:AbortMultipartUpload");
    const { uploadId } = findUpload(call);
    await call.bucket.commit(() => [{ abort: uploadId }]);
    return { status: 204 };
  },
);
