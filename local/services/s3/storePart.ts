import type { Call } from "./call";
import { findUpload } from "./findUpload";
import type { Part } from "./store/types";

/** Adds a part, whose bytes lie in the data folder already, to the upload the request names, in place of one of the same number. */
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
