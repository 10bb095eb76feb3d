import { NPY_ITEM_SIZE } from "./npyItemSize";
import { DECODE } from "./npyToFloat32";
import type { ArrayData } from "./readNpy";

/** Elements as they lie in their file, read as unsigned integers, and the number that each integer stands for. */
export interface NpyCodes {
  /** In C order; shares memory with the array. */
  readonly codes: Uint8Array | Uint16Array;
  readonly numbers: Float32Array;
}

/**
 * Looks at an array without converting it: a table of 65,536 numbers covers every element type of two bytes, in either
 * byte order.
 *
 * @param item  Index along the first axis. @default the whole array
 * @returns     `undefined` for longer elements, and for Fortran order.
 */
export function npyCodes(array: ArrayData, item?: number): NpyCodes | undefined {
  const { shape, body, dtype, littleEndian, fortranOrder } = array;
  const size = NPY_ITEM_SIZE[dtype];
  if (size > 2 || fortranOrder) return undefined;
  const elements = shape.slice(item === undefined ? 0 : 1).reduce((product, axis) => product * axis, 1);
  const place = [body.buffer, body.byteOffset + (item ?? 0) * elements * size, elements] as const;
  const codes = size === 1 ? new Uint8Array(...place) : new Uint16Array(...place);

  const numbers = new Float32Array(256 ** size);
  const code = new DataView(new ArrayBuffer(2));
  const decode = DECODE[dtype]();
  for (let i = 0; i < numbers.length; i++) {
    code.setUint16(0, i, true);
    numbers[i] = decode(code, 0, littleEndian);
  }
  return { codes, numbers };
}
