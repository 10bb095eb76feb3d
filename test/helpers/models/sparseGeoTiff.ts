import type { TiffField } from "../../../functions/smoke-segmentation/geoTiff/readTiffDirectory";
import { TAG } from "../../../functions/smoke-segmentation/geoTiff/tiffTags";
import { writeGeoTiff } from "../../../functions/smoke-segmentation/geoTiff/writeGeoTiff";

/** A scene of zeros, six bands of float32, in one strip without bytes. */
export function sparseGeoTiff(side: number, georeference: ReadonlyMap<number, TiffField>): Buffer {
  const file = writeGeoTiff(new Float32Array(0), [side, side], georeference);
  for (let at = 10; ; at += 12) {
    const tag = file.readUInt16LE(at);
    if (tag === TAG.samplesPerPixel) {
      file.writeUInt16LE(6, at + 8);
      return file;
    }
  }
}
