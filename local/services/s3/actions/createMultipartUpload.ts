import { randomBytes } from "node:crypto";
import type { ChecksumType } from "@aws-sdk/client-s3";
import type { Action } from "../action";
import { checksumAlgorithms } from "../checksum/checksumHasher";
import { S3Error } from "../s3Error";
import type { Upload } from "../store/types";
import { readObjectMetadata } from "../wire/objectMetadata";
import type { S3Request } from "../wire/s3Request";
import { writeXml } from "../wire/writeXml";

export const createMultipartUpload: Action = async (call) => {
  const { bucket, key, request, now } = call;
  await call.require("s3:PutObject");
  if (request.header("x-amz-tagging")) await call.require("s3:PutObjectTagging");
  const upload: Upload = {
    uploadId: randomBytes(48).toString("base64url"),
    key,
    initiated: now.toISOString(),
    metadata: readObjectMetadata(request),
    ...readChecksum(request),
  };
  await bucket.commit(() => [{ upload }]);
  return {
    headers: {
      "x-amz-checksum-algorithm": upload.checksumAlgorithm,
      "x-amz-checksum-type": upload.checksumType,
    },
    body: writeXml("InitiateMultipartUploadResult", {
      Bucket: bucket.name,
      Key: key,
      UploadId: upload.uploadId,
    }),
  };
};

/** CRC64NVME is always of the whole object; the others are of the parts' checksums unless asked for. */
function readChecksum(request: S3Request): Pick<Upload, "checksumAlgorithm" | "checksumType"> {
  const name = request.header("x-amz-checksum-algorithm")?.toUpperCase();
  if (name === undefined) return {};
  const algorithm = checksumAlgorithms.find((one) => one === name);
  if (!algorithm) throw new S3Error("NotImplemented", `The checksum algorithm ${name} is not implemented.`);
  const fallback: ChecksumType = algorithm === "CRC64NVME" ? "FULL_OBJECT" : "COMPOSITE";
  const type = request.header("x-amz-checksum-type")?.toUpperCase() ?? fallback;
  if (type !== "COMPOSITE" && type !== "FULL_OBJECT") throw new S3Error("InvalidRequest");
  if (type === "FULL_OBJECT" && !algorithm.startsWith("CRC")) {
    throw new S3Error("InvalidRequest", `The FULL_OBJECT checksum type cannot be used with ${name}.`);
  }
  return { checksumAlgorithm: algorithm, checksumType: type };
}
