import type { NpyDtype } from "../shared/npy/npyItemSize";

/** As satellite imagery is delivered: a byte for what is shown, reflectance times 10,000 for what is measured. */
const FULL_SCALE: Readonly<Record<NpyDtype, number>> = {
  u1: 255,
  i2: 10_000,
  u2: 10_000,
  i4: 10_000,
  f2: 1,
  f4: 1,
  f8: 1,
};

/** A scene's values as reflectance, 0 to 1: floating-point ones are, integers are divided by their full scale. */
export function reflectance(scene: Float32Array, dtype: NpyDtype): Float32Array {
  const scale = FULL_SCALE[dtype];
  return scale === 1 ? scene : scene.map((value) => value / scale);
}
