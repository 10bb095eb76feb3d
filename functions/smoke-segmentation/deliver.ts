import type { Response } from "../shared/events";
import { json } from "../shared/json";
import { zeroNpy } from "../shared/npy/zeroNpy";
import type { ObjectStore } from "../shared/objectStore";
import { RESULTS } from "../shared/uploadFolders";
import { writeGeoTiff } from "./geoTiff/writeGeoTiff";
import type { SceneFile } from "./sceneFile";
import type { Segmentation } from "./segmentation";

/** Lambda's limit on a response is 6 MB. */
const MAX_BODY_BYTES = 5 * 1024 * 1024;

/**
 * Answers with a segmentation, by way of S3 where it is too large for a response.
 *
 * @param scene    What was segmented: the result of a GeoTIFF is one, and lies where its scene does.
 * @param uploads  Gets a large one, as `predictions/<requestId>.npy` or `.tif`.
 */
export async function deliver(
  segmentation: Segmentation,
  scene: Pick<SceneFile, "georeference">,
  uploads: ObjectStore,
  requestId: string,
): Promise<Response> {
  if (segmentation.jsonBytes <= MAX_BODY_BYTES) {
    return {
      status: 200,
      headers: { "content-type": "application/json" },
      body: segmentation.toJson(),
    };
  }
  const { shape } = segmentation;
  const { file, values } = zeroNpy(shape);
  segmentation.writeTo(values);
  const file_name = `${RESULTS}${requestId}${scene.georeference ? ".tif" : ".npy"}`;
  if (scene.georeference) {
    const body = writeGeoTiff(values, shape as [number, number], scene.georeference);
    await uploads.put(file_name, body, { contentType: "image/tiff" });
  } else {
    await uploads.put(file_name, file, { contentType: "application/octet-stream" });
  }
  return json(200, { output: { bucket: uploads.bucket, file_name } });
}
