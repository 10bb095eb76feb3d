import type { ChecksumAlgorithm, ChecksumType } from "@aws-sdk/client-s3";
import { CHECKSUM_ALGORITHMS } from "./checksums";
import { S3Error } from "./s3Error";
import type { Upload } from "./store/types";
import type { S3Request } from "./wire/s3Request";

/** Algorithms whose checksum of a whole object follows from those of its parts. */
const FULL_OBJECT: readonly ChecksumAlgorithm[] = ["CRC32", "CRC32C", "CRC64NVME"];

/** The algorithm that a request names for the object it makes. @throws S3Error  InvalidRequest */
export function readChecksumAlgorithm(request: S3Request): ChecksumAlgorithm | undefined {
  const name = request.header("x-amz-checksum-algorithm")?.toUpperCase();
  if (name === undefined) return undefined;
  const algorithm = CHECKSUM_ALGORITHMS.find((one) => one === name);
  if (algorithm) return algorithm;
  throw new S3Error("InvalidRequest", {
    message:
      "Checksum algorithm provided is unsupported. Please try again with any of the valid types: [CRC32, CRC32C, CRC64NVME, SHA1, SHA256]",
  });
}

/** The checksum that a multipart upload asks for: over the parts' checksums, or of the whole object. @throws S3Error  InvalidRequest */
export function readMultipartChecksum(
  request: S3Request,
): Pick<Upload, "checksumAlgorithm" | "checksumType"> {
  const algorithm = readChecksumAlgorithm(request);
  const given = readChecksumType(request);
  if (algorithm === undefined) {
    if (given === undefined) return {};
    throw new S3Error("InvalidRequest", {
      message: "The x-amz-checksum-type header can only be used with the x-amz-checksum-algorithm header.",
    });
  }
  const type = given ?? (algorithm === "CRC64NVME" ? "FULL_OBJECT" : "COMPOSITE");
  if (type === "COMPOSITE" ? algorithm === "CRC64NVME" : !FULL_OBJECT.includes(algorithm)) {
    throw new S3Error("InvalidRequest", {
      message: `The ${type} checksum type cannot be used with the ${algorithm.toLowerCase()} checksum algorithm.`,
    });
  }
  return { checksumAlgorithm: algorithm, checksumType: type };
}

/** @throws S3Error  InvalidRequest */
export function readChecksumType(request: S3Request): ChecksumType | undefined {
  const type = request.header("x-amz-checksum-type")?.toUpperCase();
  if (type === undefined || type === "COMPOSITE" || type === "FULL_OBJECT") return type;
  throw new S3Error("InvalidRequest", { message: "Value for x-amz-checksum-type header is invalid." });
}
