/** Sorting every value of a large scene takes seconds; a sample of this size gives the same percentiles. */
const MAX_SAMPLES = 100_000;

/**
 * How to show the values of a band: from its 2nd to its 98th percentile they go from 0 to 255, so that a few
 * very bright clouds do not leave the rest dark. Values that are not finite (no data) do not count, and are 0.
 *
 * @param values  Interleaved bands.
 * @param band  Index of the band to look at.
 * @param bands  Bands a pixel.
 */
export function percentileStretch(
  values: Float32Array,
  band: number,
  bands: number,
): (value: number) => number {
  const pixels = Math.floor(values.length / bands);
  const step = Math.ceil(pixels / MAX_SAMPLES);
  const samples: number[] = [];
  for (let pixel = 0; pixel < pixels; pixel += step) {
    const value = values[pixel * bands + band] as number;
    if (Number.isFinite(value)) samples.push(value);
  }
  const sorted = Float32Array.from(samples).sort();
  const low = sorted[Math.round(0.02 * (sorted.length - 1))] ?? 0;
  const high = sorted[Math.round(0.98 * (sorted.length - 1))] ?? 0;
  const range = high > low ? high - low : 1;
  return (value) => (Number.isFinite(value) ? Math.min(Math.max(((value - low) / range) * 255, 0), 255) : 0);
}
