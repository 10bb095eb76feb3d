import { BadRequest } from "../shared/errors";
import type { NpyDtype } from "../shared/npy/npyItemSize";
import { npyToFloat32 } from "../shared/npy/npyToFloat32";
import type { NpyArray } from "../shared/npy/readNpy";
import { checkFinite } from "./finiteValues";
import { LIMITS } from "./limits";
import { placeOf } from "./placeOf";

/** As satellite imagery is delivered: a byte for what is shown, reflectance times 10,000 for what is measured. */
const FULL_SCALE: Readonly<Partial<Record<NpyDtype, number>>> = {
  u1: 255,
  i2: 10_000,
  u2: 10_000,
  i4: 10_000,
};

/** Reflectance is from 0 to 1; sensors and corrections overshoot. */
const [MIN_REFLECTANCE, MAX_REFLECTANCE] = [Math.fround(-0.2), 2];

/** One scene of a file. */
export interface ReadScene {
  /** (H, W, 6) reflectance in C order; 0 in masked pixels. */
  readonly values: Float32Array;
  /** 1 for pixels in which a band has no data. @default none is */
  readonly mask: Uint8Array | undefined;
}

/**
 * Reads a scene's values as reflectance: floating-point ones are, integers are divided by their full scale.
 *
 * @param item         Index along the first axis of a batch.
 * @param nodata       The value that stands for no data.
 * @throws BadRequest  Values that are not finite, or that are digital numbers, with their place.
 */
export function readScene(scenes: NpyArray, item?: number, nodata?: number): ReadScene {
  const { dtype } = scenes;
  const values = npyToFloat32(scenes, item);
  const mask = nodata === undefined ? undefined : maskPixels(values, nodata);
  const scale = FULL_SCALE[dtype];
  if (scale === undefined) {
    checkFinite(values, scenes, item);
    checkReflectance(values, scenes, item);
  } else {
    // In place: of a large scene, a copy takes 100 MB.
    for (let i = 0; i < values.length; i++) values[i] = (values[i] as number) / scale;
  }
  return { values, mask };
}

/** Finds pixels without data, and fills them with what changes the pixels around them least. */
function maskPixels(values: Float32Array, nodata: number): Uint8Array {
  const { bands } = LIMITS;
  const missing = Math.fround(nodata);
  const mask = new Uint8Array(values.length / bands);
  for (let i = values.indexOf(missing); i >= 0; i = values.indexOf(missing, i)) {
    const pixel = Math.floor(i / bands);
    mask[pixel] = 1;
    i = (pixel + 1) * bands;
    values.fill(0, i - bands, i);
  }
  return mask;
}

function checkReflectance(values: Float32Array, scenes: NpyArray, item?: number): void {
  const found = values.findIndex((value) => !(value >= MIN_REFLECTANCE && value <= MAX_REFLECTANCE));
  if (found < 0) return;
  throw new BadRequest(
    `The array has ${values[found]} at ${placeOf(scenes, found, item)}, which is no reflectance (0 to 1; -0.2 to 2 are taken): these look like digital numbers, divide them by their scale, often 10000, or name the value of missing pixels as \`nodata\``,
  );
}
