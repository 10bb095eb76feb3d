import type { Call } from "./call";
import { S3Error } from "./s3Error";
import type { Part, Upload } from "./store/types";

/** The multipart upload a request names. @throws S3Error NoSuchUpload */
export function findUpload(call: Call): Upload & { readonly parts: ReadonlyMap<number, Part> } {
  const uploadId = call.request.query("uploadId") ?? "";
  const upload = call.bucket.state.uploads.get(uploadId);
  if (upload?.key !== call.key) throw new S3Error("NoSuchUpload", undefined, { UploadId: uploadId });
  return upload;
}

/** @throws S3Error InvalidArgument */
export function readPartNumber(text: string | undefined): number {
  const number = Number(text);
  if (Number.isInteger(number) && number >= 1 && number <= 10_000) return number;
  throw new S3Error("InvalidArgument", "Part number must be an integer between 1 and 10000, inclusive");
}
