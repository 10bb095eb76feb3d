import type { NpyArray } from "./npy";

/** Values of one band, or of a mask, row by row. */
export interface Plane {
  readonly width: number;
  readonly height: number;
  readonly values: Float32Array;
}

/** Values from which a band's contrast is taken. */
const SAMPLED = 4096;

/** The scenes of a file: `(H, W, C)`, or several as `(N, H, W, C)`; `undefined` for another number of axes. */
export function scenesOf({ shape }: NpyArray): { count: number; bands: number } | undefined {
  if (shape.length === 3) return { count: 1, bands: shape[2] ?? 0 };
  return shape.length === 4 ? { count: shape[0] ?? 0, bands: shape[3] ?? 0 } : undefined;
}

/** One band of one scene. */
export function bandOf(array: NpyArray, scene: number, band: number): Plane {
  const isBatch = array.shape.length === 4;
  const [height = 0, width = 0] = isBatch ? array.shape.slice(1) : array.shape;
  const value = isBatch
    ? (y: number, x: number) => array.value(scene, y, x, band)
    : (y: number, x: number) => array.value(y, x, band);
  return fill(width, height, value);
}

/** The mask of one scene, of a response's nested lists, `(H, W)` or `(N, H, W)`; `null` is NaN. */
export function maskOfLists(lists: unknown, scene: number): Plane | undefined {
  if (!Array.isArray(lists)) return undefined;
  const rows: unknown = Array.isArray(lists[0]?.[0]) ? lists[scene] : lists;
  if (!Array.isArray(rows) || !Array.isArray(rows[0])) return undefined;
  return fill(rows[0].length, rows.length, (y, x) => rows[y]?.[x] ?? Number.NaN);
}

/** The mask of one scene, of a file. */
export function maskOfArray(array: NpyArray, scene: number): Plane | undefined {
  const { shape } = array;
  if (shape.length !== 2 && shape.length !== 3) return undefined;
  const [height = 0, width = 0] = shape.slice(-2);
  return fill(width, height, shape.length === 2 ? array.value : (y, x) => array.value(scene, y, x));
}

function fill(width: number, height: number, value: (y: number, x: number) => number): Plane {
  const values = new Float32Array(width * height);
  for (let y = 0, next = 0; y < height; y++) {
    for (let x = 0; x < width; x++) values[next++] = value(y, x);
  }
  return { width, height, values };
}

/** Paints three bands as red, green and blue, each from its 2nd to its 98th percentile. */
export function paintBands(bands: readonly [Plane, Plane, Plane]): Uint8ClampedArray<ArrayBuffer> {
  const pixels = new Uint8ClampedArray(bands[0].values.length * 4).fill(255);
  bands.forEach(({ values }, channel) => {
    const [low, high] = contrastOf(values);
    const scale = 255 / (high - low || 1);
    for (let i = 0; i < values.length; i++) pixels[i * 4 + channel] = ((values[i] ?? 0) - low) * scale;
  });
  return pixels;
}

function contrastOf(values: Float32Array): readonly [number, number] {
  const step = Math.max(1, Math.floor(values.length / SAMPLED));
  const sorted: number[] = [];
  for (let i = 0; i < values.length; i += step) {
    const value = values[i] ?? Number.NaN;
    if (Number.isFinite(value)) sorted.push(value);
  }
  sorted.sort((a, b) => a - b);
  const quantile = (share: number) => sorted[Math.round(share * (sorted.length - 1))] ?? 0;
  return [quantile(0.02), quantile(0.98)];
}

/** Paints a mask in one colour, the more opaque the more probable; pixels without data are left out. */
export function paintMask(
  { values }: Plane,
  colour: readonly [number, number, number],
): Uint8ClampedArray<ArrayBuffer> {
  const pixels = new Uint8ClampedArray(values.length * 4);
  for (let i = 0; i < values.length; i++) {
    const value = values[i] ?? Number.NaN;
    pixels.set([...colour, Number.isNaN(value) ? 0 : value * 255], i * 4);
  }
  return pixels;
}

/** The share of pixels with data that are at least this probable. */
export function shareAbove({ values }: Plane, threshold: number): number {
  let known = 0;
  let above = 0;
  for (const value of values) {
    if (Number.isNaN(value)) continue;
    known++;
    if (value >= threshold) above++;
  }
  return known === 0 ? 0 : above / known;
}
