import { BadRequest, PayloadTooLarge } from "../../shared/errors";
import type { NpyDtype } from "../../shared/npy/npyItemSize";
import { cut } from "../../shared/shown";
import { LIMITS } from "../limits";
import { numbersOf, type TiffDirectory } from "./readTiffDirectory";
import { COMPRESSION, TAG } from "./tiffTags";

/** How an image's pixels lie in its file. */
export interface TiffLayout {
  /** (height, width, bands). */
  readonly shape: readonly [number, number, number];
  readonly dtype: NpyDtype;
  /** Rows of pixels in a block, a strip or a tile. */
  readonly blockRows: number;
  /** Bytes of a decoded block. */
  readonly blockBytes: number;
  /** The place of the blocks and the form of the samples, by tag: a value for each block, or each band. */
  readonly lists: ReadonlyMap<number, readonly number[]>;
}

/** Keyed by SampleFormat and BitsPerSample; float16 is read as float32. */
const DTYPES: Readonly<Record<string, NpyDtype>> = {
  "1,8": "u1",
  "1,16": "u2",
  "2,16": "i2",
  "2,32": "i4",
  "3,16": "f4",
  "3,32": "f4",
  "3,64": "f8",
};

/** Compressions that are not supported, by name. */
const OTHER_COMPRESSIONS: Readonly<Partial<Record<number, string>>> = {
  6: "JPEG",
  7: "JPEG",
  32773: "PackBits",
  34887: "LERC",
  34925: "LZMA",
  50000: "ZSTD",
  50001: "WebP",
};

/**
 * Reads how an image's pixels lie in its file, and holds it against the file's length.
 *
 * @param accept  Called with the shape before anything is counted up; throws to reject it.
 * @throws BadRequest, PayloadTooLarge  What is not supported, by its name, and layouts that no writer makes.
 */
export function tiffLayout(
  directory: TiffDirectory,
  fileLength: number,
  accept: (image: { shape: readonly number[] }) => void,
): TiffLayout {
  const numbers = (tag: number) => numbersOf(directory, tag);
  const one = (tag: number, otherwise = 0) => numbers(tag)[0] ?? otherwise;
  const bands = one(TAG.samplesPerPixel, 1);
  const [width, height] = [one(TAG.imageWidth), one(TAG.imageLength)];
  const shape = [height, width, bands] as const;
  accept({ shape });

  checkCompression(one(TAG.compression, COMPRESSION.none));
  const bits = same(numbers(TAG.bitsPerSample), 1);
  const format = same(numbers(TAG.sampleFormat), 1);
  const dtype = DTYPES[`${format},${bits}`];
  if (dtype === undefined) {
    throw new BadRequest(
      `The GeoTIFF's samples are of the format ${cut(`${format}`)} with ${cut(`${bits}`)} bits; accepted are uint8, uint16, int16, int32, float16, float32 and float64, the same for every band`,
    );
  }
  checkPredictor(one(TAG.predictor, 1), dtype, bits as number, directory.littleEndian);
  if (one(TAG.fillOrder, 1) !== 1) {
    throw new BadRequest("The GeoTIFF has its bits in reverse order (FillOrder 2), which is not supported");
  }

  const planar = one(TAG.planarConfiguration, 1) === 2;
  const tiled = directory.fields.has(TAG.tileOffsets);
  const tags = tiled
    ? { offsets: TAG.tileOffsets, byteCounts: TAG.tileByteCounts }
    : { offsets: TAG.stripOffsets, byteCounts: TAG.stripByteCounts };
  const blockRows = tiled ? one(TAG.tileLength) : Math.min(one(TAG.rowsPerStrip, height) || height, height);
  const blockColumns = tiled ? one(TAG.tileWidth) : width;
  // Smaller tiles would make millions of them. TIFF 6.0, section 15.
  if (tiled && (blockRows % 16 !== 0 || blockColumns % 16 !== 0 || blockRows === 0 || blockColumns === 0)) {
    throw damaged(`tiles of ${blockColumns} x ${blockRows} pixels are no multiples of 16`);
  }
  const blocks = Math.ceil(height / blockRows) * Math.ceil(width / blockColumns) * (planar ? bands : 1);
  const blockBytes = (blockRows * blockColumns * (planar ? 1 : bands) * (bits as number)) / 8;
  // Tiles reach beyond the image, by up to one on each axis.
  if (blocks * blockBytes > 2 * LIMITS.maxFileBytes) {
    throw new PayloadTooLarge(
      `The GeoTIFF's blocks take ${blocks * blockBytes} bytes; at most ${2 * LIMITS.maxFileBytes} are taken: write it with smaller tiles`,
    );
  }

  const [offsets, byteCounts] = [numbers(tags.offsets), numbers(tags.byteCounts)];
  if (offsets.length !== blocks || byteCounts.length !== blocks) {
    throw damaged(
      `it names ${offsets.length} blocks and ${byteCounts.length} sizes, where its size has ${blocks}`,
    );
  }
  if (offsets.some((offset, i) => offset + (byteCounts[i] as number) > fileLength)) {
    throw damaged("blocks lie outside the file");
  }
  // Blocks that share their bytes would have the file read many times over.
  if (byteCounts.reduce((sum, bytes) => sum + bytes, 0) > fileLength) {
    throw damaged("its blocks together are longer than the file");
  }
  const everyBand = (value: number | string) => Array<number>(bands).fill(Number(value));
  const lists = new Map([
    [tags.offsets, offsets],
    [tags.byteCounts, byteCounts],
    // One value for all bands is common, though TIFF wants one for each.
    [TAG.bitsPerSample, everyBand(bits)],
    [TAG.sampleFormat, everyBand(format)],
  ]);
  return { shape, dtype, blockRows, blockBytes, lists };
}

/** The one value that all bands have. */
function same(values: readonly number[], otherwise: number): number | string {
  const [first = otherwise] = values;
  return values.every((value) => value === first) ? first : values.join(", ");
}

function checkCompression(compression: number): void {
  if (Object.values<number>(COMPRESSION).includes(compression)) return;
  const name = OTHER_COMPRESSIONS[compression] ?? `method ${compression}`;
  throw new BadRequest(
    `The GeoTIFF is compressed by ${name}; accepted are DEFLATE and LZW: gdal_translate -co COMPRESS=DEFLATE`,
  );
}

function checkPredictor(predictor: number, dtype: NpyDtype, bits: number, littleEndian: boolean): void {
  if (predictor === 1) return;
  const fits = predictor === 2 ? bits <= 32 : predictor === 3 && dtype.startsWith("f");
  if (!fits) {
    throw new BadRequest(
      `The GeoTIFF has predictor ${predictor} for samples of ${bits} bits, which is not supported: gdal_translate -co PREDICTOR=1`,
    );
  }
  if (!littleEndian) {
    throw new BadRequest(
      "The GeoTIFF is big-endian and has a predictor, which is not supported: gdal_translate -co ENDIANNESS=LITTLE",
    );
  }
}

function damaged(what: string): BadRequest {
  return new BadRequest(`The GeoTIFF is damaged: ${what}`);
}
