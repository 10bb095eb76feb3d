import type { Action } from "../action";
import { findUpload } from "../findUpload";

export const abortMultipartUpload: Action = async (call) => {
  await call.require("s3:AbortMultipartUpload");
  const { uploadId } = findUpload(call);
  await call.bucket.commit(() => [{ abort: uploadId }]);
  return { status: 204 };
};
