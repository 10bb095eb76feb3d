import { BadRequest } from "../shared/errors";
import { npyToFloat32 } from "../shared/npy/npyToFloat32";
import type { ArrayData } from "../shared/npy/readNpy";
import { placeOf } from "./placeOf";

/**
 * The numbers of an array, or of one item along its first axis, in C order.
 *
 * @throws BadRequest  A NaN or infinite value, with its place.
 */
export function finiteValues(array: ArrayData, item?: number): Float32Array {
  const values = npyToFloat32(array, item);
  if (array.dtype.startsWith("f")) checkFinite(values, array, item);
  return values;
}

/** @throws BadRequest  A NaN or infinite value, with its place. */
export function checkFinite(values: Float32Array, array: ArrayData, item?: number): void {
  const found = values.findIndex((value) => !Number.isFinite(value));
  if (found < 0) return;
  throw new BadRequest(
    `The array has ${values[found]} at ${placeOf(array, found, item)}; every value must be finite as float32: fill what is missing`,
  );
}
