import type { ListPartsRequest } from "@aws-sdk/client-s3";
import { writeXml } from "../../../http/writeXml";
import { served } from "../../../resources/treatment";
import { defineAction } from "../action";
import { abortHeaders } from "../lifecycleHeaders";
import { initiatorOf, ownerOf, readCount, readMaximum, toSeconds } from "../listing";
import { findUpload } from "../multipartUpload";
import { CUSTOMER_KEY_OF_READ, OBJECT } from "../parameters";

export const listParts = defineAction<ListPartsRequest>(
  "ListParts",
  { ...OBJECT, ...CUSTOMER_KEY_OF_READ, MaxParts: served, PartNumberMarker: served, UploadId: served },
  async (call) => {
    const { bucket, key, request } = call;
    await call.require("s3:ListMultipartUploadParts");
    const upload = findUpload(call);
    const marker = readCount("part-number-marker", request.queryValue("part-number-marker")) ?? 0;
    const maxParts = readMaximum(request, "max-parts");
    const parts = [...upload.parts.values()]
      .filter((part) => part.partNumber > marker)
      .sort((a, b) => a.partNumber - b.partNumber);
    const page = parts.slice(0, maxParts);
    return {
      headers: abortHeaders(bucket, upload),
      body: writeXml("ListPartsResult", {
        Bucket: bucket.name,
        Key: key,
        UploadId: upload.uploadId,
        Initiator: initiatorOf(call.caller),
        Owner: ownerOf(call.options.accountId),
        StorageClass: upload.metadata.storageClass ?? "STANDARD",
        ChecksumAlgorithm: upload.checksumAlgorithm,
        ChecksumType: upload.checksumType,
        PartNumberMarker: marker,
        NextPartNumberMarker: page.at(-1)?.partNumber ?? 0,
        MaxParts: maxParts,
        IsTruncated: page.length < parts.length,
        Part: page.map(({ partNumber, lastModified, md5, size, checksum }) => ({
          PartNumber: partNumber,
          LastModified: toSeconds(lastModified),
          ETag: `"${md5}"`,
          Size: size,
          // What was not asked for is not listed.
          ...(upload.checksumAlgorithm && { [`Checksum${checksum.algorithm}`]: checksum.value }),
        })),
      }),
    };
  },
);
