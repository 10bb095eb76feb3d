import { BadRequest } from "../shared/errors";
import { npyCodes } from "../shared/npy/npyCodes";
import type { NpyDtype } from "../shared/npy/npyItemSize";
import { npyToFloat32 } from "../shared/npy/npyToFloat32";
import { checkFinite } from "./finiteValues";
import { LIMITS } from "./limits";
import type { Pixels } from "./pixels";
import { placeOf } from "./placeOf";
import type { BandScale, SceneFile } from "./sceneFile";

/**
 * Scales of satellite imagery as it is delivered: a byte for what is shown, reflectance times 10,000 for what is
 * measured.
 */
const FULL_SCALE: Readonly<Partial<Record<NpyDtype, number>>> = {
  u1: 255,
  i2: 10_000,
  u2: 10_000,
  i4: 10_000,
};

/** Reflectance is from 0 to 1; sensors and corrections overshoot. */
const [MIN_REFLECTANCE, MAX_REFLECTANCE] = [Math.fround(-0.2), 2];

/** One scene of a file. */
export interface ReadScene extends Pixels {
  /** 1 for pixels in which a band has no data. @default none is */
  readonly mask: Uint8Array | undefined;
}

/**
 * Reads a scene's values as reflectance: by the file's own scales where it has some; else floating-point ones are, and
 * integers are divided by their full scale.
 *
 * @param item         Index along the first axis of a batch.
 * @param nodata       The value that stands for no data.
 * @throws BadRequest  Values that are not finite, or that are digital numbers, with their place.
 */
export function readScene(scenes: SceneFile, item?: number, nodata?: number): ReadScene {
  const { dtype, scales } = scenes;
  const scale = FULL_SCALE[dtype];
  const missing = nodata === undefined ? undefined : Math.fround(nodata);
  const raw = scale !== undefined && scales === undefined && npyCodes(scenes, item);
  if (raw) {
    const { codes, numbers } = raw;
    const mask = missing === undefined ? undefined : maskPixels(codes, numbers.indexOf(missing));
    return { values: codes, reflectance: numbers.map((number) => number / scale), mask };
  }
  const values = npyToFloat32(scenes, item);
  const mask = missing === undefined ? undefined : maskPixels(values, missing);
  if (scales !== undefined) scaleBands(values, scales, mask);
  if (scales !== undefined || scale === undefined) {
    checkReflectance(values, scenes, item);
  } else {
    // In place: of a large scene, a copy takes 100 MB.
    for (let i = 0; i < values.length; i++) values[i] = (values[i] as number) / scale;
  }
  return { values, mask };
}

/** Finds pixels without data, and fills them with 0, which changes the pixels around them least. */
function maskPixels(values: Pixels["values"], missing: number): Uint8Array {
  const { bands } = LIMITS;
  const mask = new Uint8Array(values.length / bands);
  const next = Number.isNaN(missing)
    ? (from: number) => nextNaN(values, from)
    : (from: number) => values.indexOf(missing, from);
  for (let i = next(0); i >= 0; i = next(i)) {
    const pixel = Math.floor(i / bands);
    mask[pixel] = 1;
    i = (pixel + 1) * bands;
    values.fill(0, i - bands, i);
  }
  return mask;
}

function nextNaN(values: Pixels["values"], from: number): number {
  for (let i = from; i < values.length; i++) if (Number.isNaN(values[i])) return i;
  return -1;
}

function scaleBands(values: Float32Array, scales: readonly BandScale[], mask: Uint8Array | undefined): void {
  for (let i = 0; i < values.length; i++) {
    const { scale, offset } = scales[i % LIMITS.bands] as BandScale;
    const masked = mask?.[Math.floor(i / LIMITS.bands)] === 1;
    if (!masked) values[i] = (values[i] as number) * scale + offset;
  }
}

/** Looks once at values that are right: NaN and infinite ones, which have a message of their own, are outside as well. */
function checkReflectance(values: Float32Array, scenes: SceneFile, item?: number): void {
  const found = firstOutside(values);
  if (found < 0) return;
  checkFinite(values, scenes, item);
  throw new BadRequest(
    `The array has ${values[found]} at ${placeOf(scenes, found, item)}, which is no reflectance (0 to 1; -0.2 to 2 are taken): these look like digital numbers, divide them by their scale, often 10000, or name the value of missing pixels as \`nodata\``,
  );
}

/** Ten times as fast as `findIndex`. */
function firstOutside(values: Float32Array): number {
  for (let i = 0; i < values.length; i++) {
    const value = values[i] as number;
    if (!(value >= MIN_REFLECTANCE && value <= MAX_REFLECTANCE)) return i;
  }
  return -1;
}
