import type { UploadPartRequest } from "@aws-sdk/client-s3";
import { served } from "../../../resources/treatment";
import { defineAction } from "../action";
import { checksumHeader } from "../checksums";
import { findUpload, readPartNumber, storePart } from "../multipartUpload";
import { CUSTOMER_KEY_OF_WRITE, OBJECT, UPLOAD_BODY } from "../parameters";
import { S3Error } from "../s3Error";
import { encryptionHeaders } from "../wire/objectMetadata";

export const uploadPart = defineAction<UploadPartRequest>(
  "UploadPart",
  {
    ...OBJECT,
    ...UPLOAD_BODY,
    ...CUSTOMER_KEY_OF_WRITE,
    PartNumber: served,
    UploadId: served,
  },
  async (call) => {
    await call.require("s3:PutObject");
    const partNumber = readPartNumber(call);
    const { checksumAlgorithm: expected, metadata } = findUpload(call);
    const written = await call.receiveBody(expected);
    const { algorithm, value } = written.checksum;
    if (expected && algorithm !== expected) {
      await call.bucket.data.remove([written.file]);
      throw new S3Error("InvalidRequest", {
        message: `Checksum Type mismatch occurred, expected checksum Type: ${expected.toLowerCase()}, actual checksum Type: ${algorithm.toLowerCase()}`,
      });
    }
    await storePart(call, { ...written, partNumber, lastModified: call.now.toISOString() });
    return {
      headers: {
        ...encryptionHeaders(metadata.encryption),
        etag: `"${written.md5}"`,
        [checksumHeader(algorithm)]: value,
      },
    };
  },
);
