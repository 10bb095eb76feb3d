import { array, check, type GenericSchema, length, maxLength, number, pipe } from "valibot";

/** Values of an axis whose size is the caller's; more of them belong into a file or a binary tensor. */
const MAX_LENGTH = 10_000;

/** Least and greatest value of a data type; of INT64 what JSON's numbers hold exactly. */
const RANGES = {
  UINT8: [0, 255],
  INT32: [-(2 ** 31), 2 ** 31 - 1],
  INT64: [Number.MIN_SAFE_INTEGER, Number.MAX_SAFE_INTEGER],
} as const;

/**
 * An axis of a model's input, as a list.
 *
 * @param size  @default the caller's, up to 10,000
 */
export function listOf<S extends GenericSchema>(item: S, size?: number) {
  const list = array(item, "must be a list");
  return size === undefined
    ? pipe(list, maxLength(MAX_LENGTH, `must have at most ${MAX_LENGTH} values`))
    : pipe(list, length(size, `must have ${size} ${size === 1 ? "value" : "values"}`));
}

/** A whole number of a data type. */
export function wholeNumber(datatype: keyof typeof RANGES) {
  const [least, greatest] = RANGES[datatype];
  return pipe(
    number("must be a number"),
    check(
      (value) => Number.isInteger(value) && value >= least && value <= greatest,
      `must be a whole number from ${least} to ${greatest}`,
    ),
  );
}
