import type { ArrayData } from "../shared/npy/readNpy";
import type { TiffField } from "./geoTiff/readTiffDirectory";

/** Reflectance = value · scale + offset. */
export interface BandScale {
  readonly scale: number;
  readonly offset: number;
}

/** A file of scenes: (H, W, 6) or (N, H, W, 6), as it lies in the file. */
export interface SceneFile extends ArrayData {
  /** The value of pixels without data that the file itself names. */
  readonly nodata?: number | undefined;
  /** One scale a band. @default integers have the scale of their type, others are reflectance */
  readonly scales?: readonly BandScale[] | undefined;
  /** The place on Earth of a GeoTIFF's scene: fields that its result has, too. */
  readonly georeference?: ReadonlyMap<number, TiffField>;
}
