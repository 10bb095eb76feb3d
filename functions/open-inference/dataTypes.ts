import type { Tensor } from "onnxruntime-node";
import type { DataType } from "../shared/dataType";

type NumericArray =
  | Uint8Array
  | Uint16Array
  | Uint32Array
  | BigUint64Array
  | Int8Array
  | Int16Array
  | Int32Array
  | BigInt64Array
  | Float32Array
  | Float64Array;

interface ArrayType {
  readonly BYTES_PER_ELEMENT: number;
  new (length: number): NumericArray;
  new (buffer: ArrayBufferLike, offset: number, length: number): NumericArray;
}

/** How ONNX Runtime stores a data type. */
export interface DataTypeForm {
  readonly onnx: Tensor.Type;
  /** `undefined` for BYTES, whose elements are strings; FP16 is stored as its bits. */
  readonly array: ArrayType | undefined;
  /** Smallest and largest value that JSON may give, for integers. */
  readonly range?: readonly [bigint, bigint];
}

const unsigned = (bits: bigint) => [0n, 2n ** bits - 1n] as const;
const signed = (bits: bigint) => [-(2n ** (bits - 1n)), 2n ** (bits - 1n) - 1n] as const;

export const DATA_TYPES: Readonly<Record<DataType, DataTypeForm>> = {
  BOOL: { onnx: "bool", array: Uint8Array },
  UINT8: { onnx: "uint8", array: Uint8Array, range: unsigned(8n) },
  UINT16: { onnx: "uint16", array: Uint16Array, range: unsigned(16n) },
  UINT32: { onnx: "uint32", array: Uint32Array, range: unsigned(32n) },
  UINT64: { onnx: "uint64", array: BigUint64Array, range: unsigned(64n) },
  INT8: { onnx: "int8", array: Int8Array, range: signed(8n) },
  INT16: { onnx: "int16", array: Int16Array, range: signed(16n) },
  INT32: { onnx: "int32", array: Int32Array, range: signed(32n) },
  INT64: { onnx: "int64", array: BigInt64Array, range: signed(64n) },
  FP16: { onnx: "float16", array: Uint16Array },
  FP32: { onnx: "float32", array: Float32Array },
  FP64: { onnx: "float64", array: Float64Array },
  BYTES: { onnx: "string", array: undefined },
};

const BY_ONNX_TYPE = new Map(Object.entries(DATA_TYPES).map(([name, { onnx }]) => [onnx, name as DataType]));

/** Translates ONNX Runtime's type name; `undefined` for types that the protocol does not have. */
export function dataTypeOf(onnx: Tensor.Type): DataType | undefined {
  return BY_ONNX_TYPE.get(onnx);
}
