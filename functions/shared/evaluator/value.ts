/** Element types that a value may have here, in ONNX Runtime's words. */
export type ElementType = "float32" | "float64" | "int64" | "int32" | "bool" | "string";

/** A tensor while a model is evaluated. */
export type Value = { readonly dims: readonly number[] } & (
  | { readonly type: "float32"; readonly data: Float32Array }
  | { readonly type: "float64"; readonly data: Float64Array }
  | { readonly type: "int64"; readonly data: BigInt64Array }
  | { readonly type: "int32"; readonly data: Int32Array }
  | { readonly type: "bool"; readonly data: Uint8Array }
  | { readonly type: "string"; readonly data: readonly string[] }
);

/** The model has what the evaluator does not know: ONNX Runtime serves it. */
export class NotEvaluable extends Error {
  override readonly name = "NotEvaluable";
}

export function sizeOf(dims: readonly number[]): number {
  return dims.reduce((product, size) => product * size, 1);
}

/** Makes a value of numbers, each rounded as its type asks. */
export function floatValue(
  type: "float32" | "float64",
  dims: readonly number[],
  numbers: ArrayLike<number>,
): Value {
  return type === "float32"
    ? { type, dims, data: numbers instanceof Float32Array ? numbers : Float32Array.from(numbers) }
    : { type, dims, data: numbers instanceof Float64Array ? numbers : Float64Array.from(numbers) };
}

/** The numbers of a value of floats. */
export function floatsOf(value: Value | undefined): Float32Array | Float64Array {
  if (value?.type === "float32" || value?.type === "float64") return value.data;
  throw new NotEvaluable(`${value?.type ?? "nothing"} where floats are expected`);
}

/** Rows and columns of a value; one axis is one row. */
export function rowsOf({ dims }: Value): readonly [rows: number, columns: number] {
  if (dims.length > 2 || dims.length === 0) throw new NotEvaluable(`a tensor of ${dims.length} axes`);
  return dims.length === 1 ? [1, dims[0] ?? 0] : [dims[0] ?? 0, dims[1] ?? 0];
}
