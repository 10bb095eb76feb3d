import type { Call } from "./call";
import { invalidArgument, S3Error } from "./s3Error";
import type { OpenUpload } from "./store/bucketState";
import type { Part } from "./store/types";

/** The multipart upload that a request names. @throws S3Error  NoSuchUpload */
export function findUpload(call: Call): OpenUpload {
  const uploadId = call.request.query("uploadId") ?? "";
  const upload = call.bucket.state.uploads.get(uploadId);
  if (upload?.key !== call.key) {
    throw new S3Error("NoSuchUpload", { details: { UploadId: uploadId.slice(0, 200) } });
  }
  return upload;
}

/** @throws S3Error  InvalidArgument */
export function readPartNumber(call: Call): number {
  const text = call.request.query("partNumber");
  const number = Number(text);
  if (Number.isInteger(number) && number >= 1 && number <= 10_000) return number;
  throw invalidArgument("Part number must be an integer between 1 and 10000, inclusive", "partNumber", text);
}

/** Adds a part, whose bytes are in the data folder already, to the upload, in place of one of the same number. */
export async function storePart(call: Call, part: Part): Promise<void> {
  const { uploadId } = findUpload(call);
  try {
    await call.bucket.commit(() => {
      // It may have ended while the part was on its way.
      findUpload(call);
      return [{ part, uploadId }];
    });
  } catch (error) {
    await call.bucket.data.remove([part.file]);
    throw error;
  }
}
