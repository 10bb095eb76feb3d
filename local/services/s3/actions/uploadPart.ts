import type { Action } from "../action";
import { checksumHeaders } from "../describeObject";
import { findUpload, readPartNumber } from "../findUpload";
import { receiveBody } from "../receiveBody";
import { S3Error } from "../s3Error";
import { storePart } from "../storePart";

export const uploadPart: Action = async (call) => {
  await call.require("s3:PutObject");
  const partNumber = readPartNumber(call.request.query("partNumber"));
  const { checksumAlgorithm } = findUpload(call);
  const written = await receiveBody(call, checksumAlgorithm);
  const sent = written.checksum?.algorithm;
  if (checksumAlgorithm && sent !== checksumAlgorithm) {
    await call.bucket.data.remove([written.file]);
    throw new S3Error(
      "InvalidRequest",
      `Checksum Type mismatch occurred, expected checksum Type: ${checksumAlgorithm}, actual checksum Type: ${sent}`,
    );
  }
  await storePart(call, { ...written, partNumber, lastModified: call.now.toISOString() });
  return { headers: { etag: `"${written.md5}"`, ...checksumHeaders(written.checksum), "content-length": 0 } };
};
