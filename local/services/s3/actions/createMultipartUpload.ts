import { randomBytes } from "node:crypto";
import type { CreateMultipartUploadRequest } from "@aws-sdk/client-s3";
import { writeXml } from "../../../http/writeXml";
import { served } from "../../../resources/treatment";
import { defineAction } from "../action";
import { abortHeaders } from "../lifecycleHeaders";
import { readMultipartChecksum } from "../multipartChecksum";
import { CUSTOMER_KEY_OF_WRITE, NEW_OBJECT, OBJECT } from "../parameters";
import type { Upload } from "../store/types";
import { checkAcl } from "../wire/acl";
import { encryptionHeaders, readObjectMetadata } from "../wire/objectMetadata";

export const createMultipartUpload = defineAction<CreateMultipartUploadRequest>(
  "CreateMultipartUpload",
  {
    ...OBJECT,
    ...NEW_OBJECT,
    ...CUSTOMER_KEY_OF_WRITE,
    ChecksumAlgorithm: served,
    ChecksumType: served,
  },
  async (call) => {
    const { bucket, key, request, now } = call;
    await call.require("s3:PutObject");
    if (request.header("x-amz-tagging")) await call.require("s3:PutObjectTagging");
    checkAcl(request);
    const upload: Upload = {
      uploadId: randomBytes(48).toString("base64url"),
      key,
      initiated: now.toISOString(),
      metadata: readObjectMetadata(request, bucket.configuration.defaultEncryption),
      ...readMultipartChecksum(request),
    };
    await bucket.commit(() => [{ upload }]);
    return {
      headers: {
        ...encryptionHeaders(upload.metadata.encryption),
        ...abortHeaders(bucket, upload),
        "x-amz-checksum-algorithm": upload.checksumAlgorithm,
        "x-amz-checksum-type": upload.checksumType,
      },
      body: writeXml("InitiateMultipartUploadResult", {
        Bucket: bucket.name,
        Key: key,
        UploadId: upload.uploadId,
      }),
    };
  },
);
