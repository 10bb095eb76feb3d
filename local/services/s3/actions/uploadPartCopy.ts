import type { Action } from "../action";
import { digestStream } from "../digestStream";
import { findCopySource } from "../findCopySource";
import { findUpload, readPartNumber } from "../findUpload";
import { S3Error } from "../s3Error";
import { storePart } from "../storePart";
import { readRange } from "../wire/readRange";
import { writeXml } from "../wire/writeXml";

export const uploadPartCopy: Action = async (call) => {
  const { bucket, request, now } = call;
  await call.require("s3:PutObject");
  const partNumber = readPartNumber(request.query("partNumber"));
  const { checksumAlgorithm } = findUpload(call);
  const source = await findCopySource(call);
  const { size, segments } = source.version;
  const header = request.header("x-amz-copy-source-range");
  const range = readRange(header, size);
  if (header !== undefined && !range) {
    throw new S3Error(
      "InvalidArgument",
      "The x-amz-copy-source-range value must be of the form bytes=first-last",
    );
  }
  const bytes = source.bucket.data.read(segments, range?.start ?? 0, range?.end ?? size);
  const { chunks, digests } = digestStream(bytes, checksumAlgorithm);
  const segment = await bucket.data.write(chunks);
  const { md5, checksum } = digests();
  await storePart(call, { ...segment, md5, checksum, partNumber, lastModified: now.toISOString() });
  return {
    body: writeXml("CopyPartResult", {
      LastModified: now.toISOString(),
      ETag: `"${md5}"`,
      [`Checksum${checksum.algorithm}`]: checksum.value,
    }),
  };
};
