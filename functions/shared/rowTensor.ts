import { type OnnxValue, Tensor } from "onnxruntime-node";
import { BadRequest } from "./errors";
import { float16Values } from "./float16Values";
import { shortestFloat32 } from "./shortestFloat32";

/** A value of a row, or nested lists of them. */
export type Nested<T> = T | readonly Nested<T>[];

/** How tensors are made of a row's values, by the Open Inference Protocol's data types. */
const MAKERS = {
  FP32: (values, dims) => new Tensor("float32", Float32Array.from(values as number[]), dims),
  FP64: (values, dims) => new Tensor("float64", Float64Array.from(values as number[]), dims),
  INT32: (values, dims) => new Tensor("int32", Int32Array.from(values as number[]), dims),
  INT64: (values, dims) => new Tensor("int64", BigInt64Array.from(values as number[], BigInt), dims),
  UINT8: (values, dims) => new Tensor("uint8", Uint8Array.from(values as number[]), dims),
  BOOL: (values, dims) => new Tensor("bool", values as boolean[], dims),
  BYTES: (values, dims) => new Tensor("string", values as string[], dims),
} satisfies Record<string, (values: readonly unknown[], dims: number[]) => Tensor>;

/** Data types that {@link rowTensor} makes. */
export type RowDataType = keyof typeof MAKERS;

export function isRowDataType(datatype: string): datatype is RowDataType {
  return Object.hasOwn(MAKERS, datatype);
}

/**
 * Makes a tensor of one row of a request.
 *
 * @param shape  Of the tensor; the axes in front that `value` has no lists for have the size 1. -1 is the caller's size.
 * @throws BadRequest  Lists beside each other have different lengths.
 */
export function rowTensor(
  datatype: RowDataType,
  shape: readonly number[],
  value: Nested<number | boolean | string>,
): Tensor {
  const sizes: number[] = [];
  for (let list: unknown = value; Array.isArray(list); list = list[0]) sizes.push(list.length);
  const values = flat(value);
  if (values.length !== sizes.reduce((product, size) => product * size, 1)) {
    throw new BadRequest("Lists beside each other in the request have different lengths");
  }
  const dims = [...Array<number>(Math.max(shape.length - sizes.length, 0)).fill(1), ...sizes];
  return MAKERS[datatype](values, dims);
}

function flat(value: unknown): unknown[] {
  return Array.isArray(value) ? value.flatMap(flat) : [value];
}

/**
 * Reads a row's value of an output: NaN and infinities are `null`, whole numbers past 2^53 text.
 *
 * @param axes  How many axes the value has; those in front are left out where their size is 1. @default 0
 */
export function rowValue(output: OnnxValue | undefined, axes = 0): Nested<unknown> {
  const { type, dims, data } = output as Tensor;
  // Node.js 24 has a Float16Array, whose elements are the numbers; before, they are their bits.
  const read = type === "float16" && !(data instanceof Uint16Array) ? finite : readerOf(type);
  const values = Array.from(data as ArrayLike<unknown>, (value) => read(value as never));
  const leading = Math.max(dims.length - axes, 0);
  const kept = [...dims.slice(0, leading).filter((size) => size !== 1), ...dims.slice(leading)];
  return nest(values, kept);
}

/** Row-major values as lists within lists. */
function nest(values: readonly unknown[], [size, ...sizes]: readonly number[]): Nested<unknown> {
  if (size === undefined) return values[0] ?? null;
  const length = sizes.reduce((product, each) => product * each, 1);
  return Array.from({ length: size }, (_, i) => nest(values.slice(i * length, (i + 1) * length), sizes));
}

function finite(value: number): number | null {
  return Number.isFinite(value) ? value : null;
}

function readerOf(type: Tensor.Type): (value: never) => unknown {
  switch (type) {
    case "float32":
      return (value: number) => (Number.isFinite(value) ? Number(shortestFloat32(value)) : null);
    case "float16": {
      const table = float16Values();
      return (bits: number) => finite(table[bits] ?? Number.NaN);
    }
    case "float64":
      return finite;
    case "bool":
      return (value: number) => value !== 0;
    case "int64":
    case "uint64":
      return (value: bigint) => (Number.isSafeInteger(Number(value)) ? Number(value) : String(value));
    default:
      return (value: unknown) => value;
  }
}
