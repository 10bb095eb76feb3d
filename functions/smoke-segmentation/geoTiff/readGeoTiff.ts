import { BadRequest, HttpError } from "../../shared/errors";
import { NPY_ITEM_SIZE } from "../../shared/npy/npyItemSize";
import type { SceneFile } from "../sceneFile";
import { gdalNodata, gdalScales } from "./gdalTags";
import { littleEndianFields } from "./littleEndianFields";
import { loadGeoTiffLibrary } from "./loadGeoTiffLibrary";
import { readTiffDirectory } from "./readTiffDirectory";
import { type TiffLayout, tiffLayout } from "./tiffLayout";
import { GEOREFERENCE_TAGS } from "./tiffTags";

/**
 * Reads the first image of a GeoTIFF: its size is held against the limits before anything is decoded.
 *
 * @param accept  Called with the shape, (height, width, bands); throws to reject it.
 * @throws BadRequest, PayloadTooLarge  What is not supported, damaged or too large.
 */
export async function readGeoTiff(
  file: Buffer,
  accept: (image: { shape: readonly number[] }) => void,
): Promise<SceneFile> {
  const directory = readTiffDirectory(file);
  const layout = tiffLayout(directory, file.length, accept);
  const { shape, dtype } = layout;
  const [height, width, bands] = shape;
  return {
    dtype,
    shape,
    littleEndian: true,
    fortranOrder: false,
    elements: height * width * bands,
    body: await decode(file, layout),
    nodata: gdalNodata(directory),
    scales: gdalScales(directory, bands),
    georeference: littleEndianFields(directory, GEOREFERENCE_TAGS),
  };
}

/** The samples, in C order, little-endian. */
async function decode(file: Buffer, layout: TiffLayout): Promise<Uint8Array> {
  const { shape, dtype, blockRows, blockBytes, lists } = layout;
  const [height, width, bands] = shape;
  const rowBytes = width * bands * NPY_ITEM_SIZE[dtype];
  const body = new Uint8Array(height * rowBytes);
  try {
    const { buffer, byteOffset, length } = file;
    // The library takes an ArrayBuffer of the file only; a large Buffer has one of its own.
    const whole = byteOffset === 0 && length === buffer.byteLength ? buffer : Uint8Array.from(file).buffer;
    const tiff = await loadGeoTiffLibrary(blockBytes).fromArrayBuffer(whole as ArrayBuffer);
    const image = await tiff.getImage();
    // The library takes long lists of a big-endian file for little-endian ones.
    const fields = image.fileDirectory.actualizedFields as Map<number, unknown>;
    for (const [tag, values] of lists) fields.set(tag, values);
    // A row of blocks at a time: it decodes all that it is asked for before it puts it together.
    for (let top = 0; top < height; top += blockRows) {
      const window = [0, top, width, Math.min(top + blockRows, height)];
      const rows = await image.readRasters({ window, interleave: true });
      body.set(new Uint8Array(rows.buffer, rows.byteOffset, rows.byteLength), top * rowBytes);
    }
    return body;
  } catch (cause) {
    if (cause instanceof HttpError) throw cause;
    throw new BadRequest("The GeoTIFF is damaged: its pixels cannot be decoded", { cause });
  }
}
