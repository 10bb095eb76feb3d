import type { Answer } from "../shared/events";
import { json } from "../shared/json";
import { objectStore } from "../shared/objectStore";
import type { Segmentation } from "./segmentation";

/** Lambda takes answers up to 6 MB. */
const MAX_BODY_BYTES = 5 * 1024 * 1024;

/**
 * Answers with a segmentation, by way of S3 where it is too large for an answer.
 *
 * @param bucket  Where a large one goes, as `predictions/<requestId>.npy`.
 */
export async function deliver(
  segmentation: Segmentation,
  bucket: string,
  requestId: string,
): Promise<Answer> {
  if (segmentation.jsonBytes <= MAX_BODY_BYTES) {
    return {
      status: 200,
      headers: { "content-type": "application/json" },
      body: segmentation.toJson(),
    };
  }
  const file_name = `predictions/${requestId}.npy`;
  await objectStore(bucket).put(file_name, segmentation.toNpy(), { contentType: "application/octet-stream" });
  return json(200, { output: { bucket, file_name } });
}
