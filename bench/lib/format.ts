import type { Benchmark } from "./benchmark";

/** A measured value with three digits, e.g. `1,240 µs`. */
export function withUnit(value: number, unit: Benchmark["unit"]): string {
  return `${threeDigits(value)} ${unit}`;
}

export function threeDigits(value: number): string {
  return Number(value.toPrecision(3)).toLocaleString("en-US", { maximumFractionDigits: 4 });
}

/** A ratio with two decimals, from ten on with fewer. */
export function times(ratio: number): string {
  return ratio.toFixed(ratio < 9.995 ? 2 : ratio < 99.95 ? 1 : 0);
}
