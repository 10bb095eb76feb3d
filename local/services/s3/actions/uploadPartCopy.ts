import type { UploadPartCopyRequest } from "@aws-sdk/client-s3";
import { writeXml } from "../../../http/writeXml";
import { served } from "../../../resources/treatment";
import { defineAction } from "../action";
import { Digester, digested } from "../checksums";
import { findCopySource, sourceVersionId } from "../findCopySource";
import { toSeconds } from "../listing";
import { findUpload, readPartNumber, storePart } from "../multipartUpload";
import { COPY_SOURCE, CUSTOMER_KEY_OF_WRITE, OBJECT } from "../parameters";
import { invalidArgument, S3Error } from "../s3Error";
import { encryptionHeaders } from "../wire/objectMetadata";
import type { ByteRange } from "../wire/readRange";

export const uploadPartCopy = defineAction<UploadPartCopyRequest>(
  "UploadPartCopy",
  {
    ...OBJECT,
    ...COPY_SOURCE,
    ...CUSTOMER_KEY_OF_WRITE,
    CopySourceRange: served,
    PartNumber: served,
    UploadId: served,
  },
  async (call) => {
    const { bucket, request } = call;
    await call.require("s3:PutObject");
    const partNumber = readPartNumber(call);
    const { checksumAlgorithm, metadata } = findUpload(call);
    const source = await findCopySource(call);
    const { size, segments } = source.version;
    const { start, end } = readSourceRange(request.header("x-amz-copy-source-range"), size);
    const digester = new Digester(checksumAlgorithm);
    const bytes = await source.bucket.data.read(segments, start, end);
    const segment = await bucket.data.write(digested(bytes, digester));
    const { md5, checksum } = await digester.digests();
    const lastModified = call.now.toISOString();
    await storePart(call, { ...segment, md5, checksum, partNumber, lastModified });
    return {
      headers: {
        ...encryptionHeaders(metadata.encryption),
        "x-amz-copy-source-version-id": sourceVersionId(source),
      },
      body: writeXml("CopyPartResult", {
        LastModified: toSeconds(lastModified),
        ETag: `"${md5}"`,
        ...(checksumAlgorithm && { [`Checksum${checksumAlgorithm}`]: checksum.value }),
      }),
    };
  },
);

/** Unlike a `Range`, this one has to be whole, and within the object. @throws S3Error  InvalidArgument, InvalidRequest */
function readSourceRange(header: string | undefined, size: number): ByteRange {
  if (header === undefined) return { start: 0, end: size };
  const [, first = "", last = ""] = /^bytes=(\d{1,15})-(\d{1,15})$/.exec(header) ?? [];
  const [start, end] = [Number(first), Number(last) + 1];
  const name = "x-amz-copy-source-range";
  if (first === "" || end <= start) {
    throw invalidArgument(
      "The x-amz-copy-source-range value must be of the form bytes=first-last where first and last are the zero-based offsets of the first and last bytes to copy",
      name,
      header,
    );
  }
  if (start >= size) {
    throw new S3Error("InvalidRequest", {
      message: "The specified copy range is invalid for the source object size",
    });
  }
  if (end > size) {
    throw invalidArgument(`Range specified is not valid for source object of size: ${size}`, name, header);
  }
  return { start, end };
}
