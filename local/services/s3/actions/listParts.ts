import type { Action } from "../action";
import { ownerOf } from "../describeListed";
import { findUpload } from "../findUpload";
import { readMaximum } from "../wire/listParameters";
import { writeXml } from "../wire/writeXml";

export const listParts: Action = async (call) => {
  const { bucket, key, request } = call;
  await call.require("s3:ListMultipartUploadParts");
  const upload = findUpload(call);
  const marker = Number(request.query("part-number-marker") ?? 0);
  const maxParts = readMaximum("max-parts", request.query("max-parts"));
  const parts = [...upload.parts.values()]
    .filter((part) => part.partNumber > marker)
    .sort((a, b) => a.partNumber - b.partNumber);
  const page = parts.slice(0, maxParts);
  const owner = ownerOf(call.options.accountId);
  return {
    body: writeXml("ListPartsResult", {
      Bucket: bucket.name,
      Key: key,
      UploadId: upload.uploadId,
      Initiator: owner,
      Owner: owner,
      StorageClass: "STANDARD",
      ChecksumAlgorithm: upload.checksumAlgorithm,
      ChecksumType: upload.checksumType,
      PartNumberMarker: marker,
      NextPartNumberMarker: page.at(-1)?.partNumber ?? marker,
      MaxParts: maxParts,
      IsTruncated: page.length < parts.length,
      Part: page.map(({ partNumber, lastModified, md5, size, checksum }) => ({
        PartNumber: partNumber,
        LastModified: lastModified,
        ETag: `"${md5}"`,
        Size: size,
        ...(checksum && { [`Checksum${checksum.algorithm}`]: checksum.value }),
      })),
    }),
  };
};
