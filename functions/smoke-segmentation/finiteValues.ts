import { BadRequest } from "../shared/errors";
import { npyToFloat32 } from "../shared/npy/npyToFloat32";
import type { NpyArray } from "../shared/npy/readNpy";

/**
 * The numbers of an array, or of one item along its first axis, in C order.
 *
 * @throws BadRequest  A NaN or infinite value, with its place.
 */
export function finiteValues(array: NpyArray, item?: number): Float32Array {
  const values = npyToFloat32(array, item);
  const floats = array.dtype.startsWith("f");
  const found = floats ? values.findIndex((value) => !Number.isFinite(value)) : -1;
  if (found < 0) return values;

  const shape = item === undefined ? array.shape : array.shape.slice(1);
  const place: number[] = [];
  let rest = found;
  for (const axis of [...shape].reverse()) {
    place.unshift(rest % axis);
    rest = Math.floor(rest / axis);
  }
  if (item !== undefined) place.unshift(item);
  throw new BadRequest(
    `The array has ${values[found]} at (${place.join(", ")}); every value must be finite as float32: fill what is missing`,
  );
}
