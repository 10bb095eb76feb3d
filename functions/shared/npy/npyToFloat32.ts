import { float16Values } from "../float16Values";
import { NPY_ITEM_SIZE, type NpyDtype } from "./npyItemSize";
import type { ArrayData } from "./readNpy";

type Decode = (view: DataView, offset: number, littleEndian: boolean) => number;

export const DECODE: Readonly<Record<NpyDtype, () => Decode>> = {
  u1: () => (view, offset) => view.getUint8(offset),
  i2: () => (view, offset, littleEndian) => view.getInt16(offset, littleEndian),
  u2: () => (view, offset, littleEndian) => view.getUint16(offset, littleEndian),
  i4: () => (view, offset, littleEndian) => view.getInt32(offset, littleEndian),
  f2: () => {
    const values = float16Values();
    return (view, offset, littleEndian) => values[view.getUint16(offset, littleEndian)] as number;
  },
  f4: () => (view, offset, littleEndian) => view.getFloat32(offset, littleEndian),
  f8: () => (view, offset, littleEndian) => view.getFloat64(offset, littleEndian),
};

type TypedArray = new (buffer: ArrayBufferLike, start: number, length: number) => ArrayLike<number>;

/** Reads its own byte order, which is little-endian on every processor here, ten times as fast. */
const NATIVE: Readonly<Partial<Record<NpyDtype, TypedArray>>> = {
  u1: Uint8Array,
  i2: Int16Array,
  u2: Uint16Array,
  i4: Int32Array,
  f4: Float32Array,
  f8: Float64Array,
};

/**
 * The numbers of an array, or of one item along its first axis (a scene of a batch), as float32 in C order
 * whatever type, byte order and axis order its file has. One item at a time keeps the memory of a large batch
 * at the file plus one item.
 *
 * Shares memory with `array.body` where nothing needs converting (little-endian f4 in C order).
 *
 * @param item  Index along the first axis; left out: the whole array.
 */
export function npyToFloat32(array: ArrayData, item?: number): Float32Array {
  const { shape, body, dtype, littleEndian, fortranOrder } = array;
  const size = NPY_ITEM_SIZE[dtype];
  const strides = stridesOf(shape, fortranOrder, size);
  const firstAxis = item === undefined ? 0 : 1;
  const start = body.byteOffset + (item ?? 0) * (strides[0] ?? 0);
  const elements = shape.slice(firstAxis).reduce((product, axis) => product * axis, 1);
  if (elements === 0) return new Float32Array(0);
  const Native = NATIVE[dtype];
  if (Native && littleEndian && !fortranOrder) {
    const values = new Native(body.buffer, start, elements);
    return values instanceof Float32Array ? values : new Float32Array(values);
  }

  const values = new Float32Array(elements);
  const view = new DataView(body.buffer);
  const decode = DECODE[dtype]();
  let next = 0;
  const convert = (axis: number, offset: number): void => {
    if (axis >= shape.length) {
      values[next++] = decode(view, offset, littleEndian);
      return;
    }
    const length = shape[axis] as number;
    const stride = strides[axis] as number;
    // The innermost axis in a loop of its own: a call for each element takes three times as long.
    if (axis === shape.length - 1) {
      for (let i = 0; i < length; i++) values[next++] = decode(view, offset + i * stride, littleEndian);
    } else {
      for (let i = 0; i < length; i++) convert(axis + 1, offset + i * stride);
    }
  };
  convert(firstAxis, start);
  return values;
}

/** Bytes from one element to the next along each axis. */
function stridesOf(shape: readonly number[], fortranOrder: boolean, size: number): number[] {
  const strides: number[] = new Array(shape.length);
  let stride = size;
  for (let i = 0; i < shape.length; i++) {
    const axis = fortranOrder ? i : shape.length - 1 - i;
    strides[axis] = stride;
    stride *= shape[axis] as number;
  }
  return strides;
}
