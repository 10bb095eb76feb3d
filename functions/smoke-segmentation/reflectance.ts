import type { NpyDtype } from "../shared/npy/npyItemSize";

/** As satellite imagery is delivered: a byte for what is shown, reflectance times 10,000 for what is measured. */
const FULL_SCALE: Readonly<Partial<Record<NpyDtype, number>>> = {
  u1: 255,
  i2: 10_000,
  u2: 10_000,
  i4: 10_000,
};

/**
 * A scene's values as reflectance, 0 to 1: floating-point ones are, integers are divided by their full scale.
 *
 * @param scene  Changed in place: of a large scene, a copy takes 100 MB.
 * @param dtype  Of the file it comes from.
 */
export function reflectance(scene: Float32Array, dtype: NpyDtype): Float32Array {
  const scale = FULL_SCALE[dtype];
  if (scale !== undefined) {
    for (let i = 0; i < scene.length; i++) scene[i] = (scene[i] as number) / scale;
  }
  return scene;
}
