/** Below this value, float32 loses precision. */
const MIN_NORMAL = 2 ** -126;

/** Powers of ten that a double holds exactly. */
const MAX_EXACT_POWER = 22;

/**
 * Writes a finite float32 with the fewest digits that read back the same: `0.1`, where the double that holds it would
 * give `0.10000000149011612`.
 *
 * Six digits are tried first. Any shorter text reads as a number so close to the value that rounding to six digits finds
 * it; nine digits always suffice. Only the smallest values have fewer than six digits to tell them apart.
 */
export function shortestFloat32(value: number): string {
  if (Object.is(value, -0)) return "-0.0";
  if (Number.isInteger(value) && Math.abs(value) < 2 ** 24) return String(value);
  const exponent = Math.floor(Math.log10(Math.abs(value)));
  for (let digits = Math.abs(value) < MIN_NORMAL ? 1 : 6; digits < 9; digits++) {
    const short = rounded(value, digits, digits - 1 - exponent);
    if (Math.fround(short) === value) return String(short);
  }
  return String(Number(value.toPrecision(9)));
}

/** Rounds to a number of digits, by arithmetic where that is exact: `toPrecision` takes ten times as long. */
function rounded(value: number, digits: number, power: number): number {
  if (power < 0 || power > MAX_EXACT_POWER) return Number(value.toPrecision(digits));
  const scale = 10 ** power;
  return Math.round(value * scale) / scale;
}
