import { BadRequest } from "../../shared/errors";
import { cut } from "../../shared/shown";
import type { BandScale } from "../sceneFile";
import { type TiffDirectory, textOf } from "./readTiffDirectory";
import { TAG } from "./tiffTags";

/** Characters of GDAL's metadata that are looked at: an item for each band has a hundred. */
const MAX_METADATA = 64 * 1024;

const ITEM = /<Item ([^<>]*)>([^<>]*)<\/Item>/g;

/**
 * Reads each band's scale and offset from GDAL's metadata.
 * https://gdal.org/en/stable/drivers/raster/gtiff.html#metadata
 *
 * @returns  Nothing where no band has one.
 * @throws BadRequest  What is no number, and a scale of 0.
 */
export function gdalScales(directory: TiffDirectory, bands: number): readonly BandScale[] | undefined {
  const metadata = textOf(directory, TAG.gdalMetadata)?.slice(0, MAX_METADATA) ?? "";
  const scales = Array.from({ length: bands }, () => ({ scale: 1, offset: 0 }));
  let found = false;
  for (const [, attributes = "", value = ""] of metadata.matchAll(ITEM)) {
    const role = attributeOf(attributes, "role");
    const band = scales[Number(attributeOf(attributes, "sample") ?? 0)];
    if (band === undefined || (role !== "scale" && role !== "offset")) continue;
    band[role] = numberOf(value, role);
    if (band.scale === 0) throw new BadRequest("The GeoTIFF's tag `scale` is 0");
    found = true;
  }
  return found ? scales : undefined;
}

/** The value of pixels without data, NaN among them. */
export function gdalNodata(directory: TiffDirectory): number | undefined {
  const text = textOf(directory, TAG.gdalNodata);
  if (text === undefined) return undefined;
  return text.trim().toLowerCase() === "nan" ? Number.NaN : numberOf(text, "nodata");
}

function attributeOf(attributes: string, name: string): string | undefined {
  return attributes.split(`${name}="`)[1]?.split('"')[0];
}

function numberOf(text: string, tag: string): number {
  const value = text.trim() === "" ? Number.NaN : Number(text);
  if (!Number.isFinite(value))
    throw new BadRequest(`The GeoTIFF's tag \`${tag}\` is no number: ${cut(text)}`);
  return value;
}
