import type { OperatorFactory } from "./operator";
import { floatsOf, floatValue, NotEvaluable, rowsOf, sizeOf, type Value } from "./value";

export const identity: OperatorFactory =
  () =>
  ([X]) => {
    if (X === undefined) throw new NotEvaluable("Identity of nothing");
    return [X];
  };

/** https://onnx.ai/onnx/operators/onnx__Concat.html, of matrices side by side. */
export const concat: OperatorFactory = (attributes) => {
  const axis = attributes.int("axis", 0);
  return (inputs) => {
    const values = inputs.filter((each) => each !== undefined);
    const [first] = values;
    if (first?.dims.length !== 2 || (axis !== 1 && axis !== -1))
      throw new NotEvaluable("Concat along another axis");
    const [rows] = rowsOf(first);
    const parts = values.map((value) => {
      if (value.type !== first.type || value.dims.length !== 2 || value.dims[0] !== rows) {
        throw new NotEvaluable("Concat of different tensors");
      }
      return { data: floatsOf(value), columns: value.dims[1] ?? 0 };
    });
    const data: number[] = [];
    for (let row = 0; row < rows; row++) {
      for (const { data: part, columns } of parts)
        data.push(...part.subarray(row * columns, (row + 1) * columns));
    }
    const columns = parts.reduce((sum, part) => sum + part.columns, 0);
    return [floatValue(first.type === "float64" ? "float64" : "float32", [rows, columns], data)];
  };
};

const withDims = (X: Value, dims: readonly number[]): Value => {
  if (sizeOf(dims) !== X.data.length) throw new RangeError(`[${X.dims}] cannot have the shape [${dims}]`);
  return { ...X, dims };
};

/** https://onnx.ai/onnx/operators/onnx__Squeeze.html, with constant axes. */
export const squeeze: OperatorFactory = (attributes, [, constant]) => {
  const axes = constant?.type === "int64" ? Array.from(constant.data, Number) : attributes.ints("axes");
  return ([X]) => {
    if (X === undefined || axes.length === 0) throw new NotEvaluable("Squeeze of unknown axes");
    const drop = axes.map((axis) => (axis < 0 ? axis + X.dims.length : axis));
    return [
      withDims(
        X,
        X.dims.filter((_, axis) => !drop.includes(axis)),
      ),
    ];
  };
};

/** https://onnx.ai/onnx/operators/onnx__Reshape.html, to a constant shape. */
export const reshape: OperatorFactory = (attributes, [, shape]) => {
  if (shape?.type !== "int64" || attributes.int("allowzero", 0) !== 0)
    throw new NotEvaluable("Reshape to what is computed");
  const asked = Array.from(shape.data, Number);
  return ([X]) => {
    if (X === undefined) throw new NotEvaluable("Reshape of nothing");
    const known = asked.map((size, axis) => (size === 0 ? (X.dims[axis] ?? 0) : size));
    const rest = sizeOf(known.filter((size) => size !== -1));
    return [
      withDims(
        X,
        known.map((size) => (size === -1 ? X.data.length / Math.max(1, rest) : size)),
      ),
    ];
  };
};

/** https://onnx.ai/onnx/operators/onnx_aionnxml_ArrayFeatureExtractor.html: columns, or elements of one row. */
export const arrayFeatureExtractor: OperatorFactory =
  () =>
  ([X, Y]) => [takeColumns(X, Y)];

/** https://onnx.ai/onnx/operators/onnx__Gather.html, of columns of a matrix. */
export const gather: OperatorFactory = (attributes) => {
  const axis = attributes.int("axis", 0);
  return ([X, Y]) => {
    if (axis !== 1 || X?.dims.length !== 2 || Y?.dims.length !== 1)
      throw new NotEvaluable("Gather along another axis");
    return [takeColumns(X, Y)];
  };
};

function takeColumns(X: Value | undefined, Y: Value | undefined): Value {
  if (X === undefined || Y?.type !== "int64") throw new NotEvaluable("an index of another type");
  const [rows, columns] = rowsOf(X);
  const chosen = Array.from(Y.data, Number);
  if (chosen.some((column) => column < 0 || column >= columns))
    throw new RangeError("a column that is not there");
  const at = Array.from({ length: rows }, (_, row) => chosen.map((column) => row * columns + column)).flat();
  const dims = [rows, chosen.length];
  if (X.type === "string") return { type: "string", dims, data: at.map((i) => X.data[i] ?? "") };
  if (X.type === "int64") {
    return { type: "int64", dims, data: BigInt64Array.from(at, (i) => X.data[i] ?? 0n) };
  }
  if (X.type === "int32") return { type: "int32", dims, data: Int32Array.from(at, (i) => X.data[i] ?? 0) };
  const x = floatsOf(X);
  const numbers = at.map((i) => x[i] as number);
  return floatValue(X.type === "float64" ? "float64" : "float32", dims, numbers);
}
