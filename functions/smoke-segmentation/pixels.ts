/** Values of a scene, (H, W, 6) in C order. */
export interface Pixels {
  readonly values: Float32Array | Uint16Array | Uint8Array;
  /** Reflectance by value. @default values are reflectance */
  readonly reflectance?: Float32Array | undefined;
}

/** Copies values from one index on as reflectance. */
export function copyPixels(
  pixels: Pixels,
  from: number,
  count: number,
  target: Float32Array,
  to: number,
): void {
  const { values, reflectance } = pixels;
  if (reflectance === undefined) {
    target.set(values.subarray(from, from + count), to);
  } else {
    for (let i = 0; i < count; i++) target[to + i] = reflectance[values[from + i] as number] as number;
  }
}
