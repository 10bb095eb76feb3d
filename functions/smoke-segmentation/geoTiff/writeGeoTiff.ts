import type { TiffField } from "./readTiffDirectory";
import { TAG } from "./tiffTags";

const [ASCII, SHORT, LONG] = [2, 3, 4];

const PHOTOMETRIC = 262;
const BLACK_IS_ZERO = 1;
const FLOAT = 3;

/**
 * Writes one band of float32 as a GeoTIFF without compression, NaN where there is no data: what GDAL, QGIS and rasterio
 * read.
 *
 * @param values        As many as height times width.
 * @param georeference  Little-endian fields that say where on Earth the image lies.
 */
export function writeGeoTiff(
  values: Float32Array,
  [height, width]: readonly [number, number],
  georeference: ReadonlyMap<number, TiffField>,
): Buffer {
  const pixels = Buffer.from(values.buffer, values.byteOffset, values.byteLength);
  const fields = new Map<number, TiffField>([
    [TAG.imageWidth, long(width)],
    [TAG.imageLength, long(height)],
    [TAG.bitsPerSample, short(32)],
    [TAG.compression, short(1)],
    [PHOTOMETRIC, short(BLACK_IS_ZERO)],
    [TAG.stripOffsets, long(0)],
    [TAG.samplesPerPixel, short(1)],
    [TAG.rowsPerStrip, long(height)],
    [TAG.stripByteCounts, long(pixels.length)],
    [TAG.sampleFormat, short(FLOAT)],
    [TAG.gdalNodata, { type: ASCII, count: 4, bytes: Buffer.from("nan\0") }],
    ...georeference,
  ]);
  const tags = [...fields.keys()].sort((a, b) => a - b);
  const directoryBytes = 8 + 2 + 12 * tags.length + 4;
  const apart = [...fields.values()].filter(({ bytes }) => bytes.length > 4);
  const start = apart.reduce((end, { bytes }) => end + padTo8(bytes.length), padTo8(directoryBytes));
  fields.set(TAG.stripOffsets, long(start));

  const head = Buffer.alloc(start);
  head.write("II*\0", "latin1");
  head.writeUInt32LE(8, 4);
  head.writeUInt16LE(tags.length, 8);
  let at = 10;
  let valueAt = padTo8(directoryBytes);
  for (const tag of tags) {
    const { type, count, bytes } = fields.get(tag) as TiffField;
    head.writeUInt16LE(tag, at);
    head.writeUInt16LE(type, at + 2);
    head.writeUInt32LE(count, at + 4);
    if (bytes.length <= 4) {
      bytes.copy(head, at + 8);
    } else {
      head.writeUInt32LE(valueAt, at + 8);
      bytes.copy(head, valueAt);
      valueAt += padTo8(bytes.length);
    }
    at += 12;
  }
  return Buffer.concat([head, pixels]);
}

function short(value: number): TiffField {
  const bytes = Buffer.alloc(2);
  bytes.writeUInt16LE(value);
  return { type: SHORT, count: 1, bytes };
}

function long(value: number): TiffField {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(value);
  return { type: LONG, count: 1, bytes };
}

function padTo8(bytes: number): number {
  return Math.ceil(bytes / 8) * 8;
}
