import { CHECKSUM_ALGORITHMS } from "./checksums";
import { S3Error } from "./s3Error";
import type { OpenUpload } from "./store/bucketState";
import type { Part } from "./store/types";
import { readXml, type XmlElement } from "./wire/readXml";

/** Every part but the last has at least 5 MiB. */
const MIN_PART_BYTES = 5 * 1024 ** 2;

/**
 * Finds the parts that a CompleteMultipartUpload lists.
 *
 * @param text     The request's XML.
 * @throws S3Error  MalformedXML, InvalidPartOrder, InvalidPart, EntityTooSmall
 */
export function completedParts(text: string, upload: OpenUpload): Part[] {
  const wanted = text === "" ? [] : readXml(text, "CompleteMultipartUpload").all("Part");
  if (wanted.length === 0) {
    throw new S3Error("InvalidRequest", { message: "You must specify at least one part" });
  }
  const numbers = wanted.map((element) => Number(element.get("PartNumber")));
  if (!numbers.every((number, i) => number > (numbers[i - 1] ?? 0))) {
    throw new S3Error("InvalidPartOrder", { details: { UploadId: upload.uploadId } });
  }
  const parts = wanted.map((element) => findPart(element, upload));
  const small = parts.slice(0, -1).find((part) => part.size < MIN_PART_BYTES);
  if (small) {
    throw new S3Error("EntityTooSmall", {
      details: {
        ProposedSize: small.size,
        MinSizeAllowed: MIN_PART_BYTES,
        PartNumber: small.partNumber,
        ETag: small.md5,
      },
    });
  }
  return parts;
}

function findPart(element: XmlElement, upload: OpenUpload): Part {
  const number = Number(element.get("PartNumber"));
  const etag = element.get("ETag")?.replace(/^"|"$/g, "") ?? "";
  const part = upload.parts.get(number);
  if (part?.md5 === etag && hasItsChecksum(element, part, upload)) return part;
  throw new S3Error("InvalidPart", {
    details: { UploadId: upload.uploadId, PartNumber: number, ETag: etag.slice(0, 100) },
  });
}

/** Whether the checksums listed for a part are its own. @throws S3Error  InvalidRequest, BadDigest */
function hasItsChecksum(element: XmlElement, part: Part, upload: OpenUpload): boolean {
  const given = CHECKSUM_ALGORITHMS.flatMap((algorithm) => {
    const value = element.get(`Checksum${algorithm}`);
    return value === undefined ? [] : [{ algorithm, value }];
  });
  const { checksumAlgorithm, checksumType } = upload;
  const other = given.find(({ algorithm }) => algorithm !== checksumAlgorithm);
  if (other && !checksumAlgorithm) return false;
  if (other) {
    throw new S3Error("BadDigest", {
      message: `The ${other.algorithm.toLowerCase()} you specified for part ${part.partNumber} did not match what we received.`,
    });
  }
  if (given.length === 0 && checksumAlgorithm && checksumType === "COMPOSITE") {
    throw new S3Error("InvalidRequest", {
      message: `The upload was created using a ${checksumAlgorithm.toLowerCase()} checksum. The complete request must include the checksum for each part. It was missing for part ${part.partNumber} in the request.`,
    });
  }
  return given.every(({ value }) => value === part.checksum.value);
}
