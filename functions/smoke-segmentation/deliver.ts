import type { Answer } from "../shared/events";
import { json } from "../shared/json";
import type { ObjectStore } from "../shared/objectStore";
import { RESULTS } from "./results";
import type { Segmentation } from "./segmentation";

/** Lambda's limit on a response is 6 MB. */
const MAX_BODY_BYTES = 5 * 1024 * 1024;

/**
 * Answers with a segmentation, by way of S3 where it is too large for a response.
 *
 * @param uploads  Gets a large one, as `predictions/<requestId>.npy`.
 */
export async function deliver(
  segmentation: Segmentation,
  uploads: ObjectStore,
  requestId: string,
): Promise<Answer> {
  if (segmentation.jsonBytes <= MAX_BODY_BYTES) {
    return {
      status: 200,
      headers: { "content-type": "application/json" },
      body: segmentation.toJson(),
    };
  }
  const file_name = `${RESULTS}${requestId}.npy`;
  await uploads.put(file_name, segmentation.toNpy(), { contentType: "application/octet-stream" });
  return json(200, { output: { bucket: uploads.bucket, file_name } });
}
