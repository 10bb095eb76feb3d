import { greatestOf } from "./classLabels";
import type { OperatorFactory } from "./operator";
import { softmax as softmaxOf } from "./postTransform";
import { floatsOf, floatValue, NotEvaluable, rowsOf, type Value } from "./value";

/** Makes a row of each row, in place. */
function eachRow(X: Value | undefined, change: (row: Float64Array) => void): Value {
  if (X === undefined) throw new NotEvaluable("no input");
  const [rows, columns] = rowsOf(X);
  const data = Float64Array.from(floatsOf(X));
  for (let row = 0; row < rows; row++) change(data.subarray(row * columns, (row + 1) * columns));
  return floatValue(X.type === "float64" ? "float64" : "float32", X.dims, data);
}

const NORMS: Readonly<Record<string, (row: Float64Array) => number>> = {
  MAX: (row) => row.reduce((most, x) => Math.max(most, x), Number.NEGATIVE_INFINITY),
  L1: (row) => row.reduce((sum, x) => sum + Math.abs(x), 0),
  L2: (row) => Math.sqrt(row.reduce((sum, x) => sum + x * x, 0)),
};

/** https://onnx.ai/onnx/operators/onnx_aionnxml_Normalizer.html */
export const normalizer: OperatorFactory = (attributes) => {
  const name = attributes.text("norm", "MAX");
  const norm = Object.hasOwn(NORMS, name) ? NORMS[name] : undefined;
  if (norm === undefined) throw new NotEvaluable("Normalizer of another norm");
  return ([X]) => [
    eachRow(X, (row) => {
      const by = norm(row);
      if (by !== 0)
        row.forEach((x, i) => {
          row[i] = x / by;
        });
    }),
  ];
};

/** https://onnx.ai/onnx/operators/onnx_aionnxml_Scaler.html */
export const scaler: OperatorFactory = (attributes) => {
  const offset = attributes.floats("offset");
  const scale = attributes.floats("scale");
  const one = (values: readonly number[], i: number, otherwise: number) =>
    values[values.length === 1 ? 0 : i] ?? otherwise;
  return ([X]) => [
    eachRow(X, (row) =>
      row.forEach((x, i) => {
        row[i] = Math.fround(x - one(offset, i, 0)) * one(scale, i, 1);
      }),
    ),
  ];
};

/** https://onnx.ai/onnx/operators/onnx_aionnxml_Imputer.html */
export const imputer: OperatorFactory = (attributes) => {
  const values = attributes.floats("imputed_value_floats");
  const replaced = attributes.float("replaced_value_float", 0);
  const isReplaced = Number.isNaN(replaced) ? Number.isNaN : (x: number) => x === replaced;
  return ([X]) => [
    eachRow(X, (row) =>
      row.forEach((x, i) => {
        if (isReplaced(x)) row[i] = values[values.length === 1 ? 0 : i] ?? x;
      }),
    ),
  ];
};

/** https://onnx.ai/onnx/operators/onnx__Softmax.html, of the columns of a matrix. */
export const softmax: OperatorFactory = (attributes) => {
  const axis = attributes.int("axis", -1);
  return ([X]) => {
    if (X?.dims.length !== 2 || (axis !== -1 && axis !== 1))
      throw new NotEvaluable("Softmax along another axis");
    return [eachRow(X, softmaxOf)];
  };
};

/** https://onnx.ai/onnx/operators/onnx__ArgMax.html, of the columns of a matrix. */
export const argMax: OperatorFactory = (attributes) => {
  const axis = attributes.int("axis", 0);
  const keep = attributes.int("keepdims", 1) === 1;
  if (attributes.int("select_last_index", 0) !== 0) throw new NotEvaluable("ArgMax of the last");
  return ([X]) => {
    if (X?.dims.length !== 2 || (axis !== 1 && axis !== -1))
      throw new NotEvaluable("ArgMax along another axis");
    const [rows, columns] = rowsOf(X);
    const x = floatsOf(X);
    const data = BigInt64Array.from({ length: rows }, (_, row) =>
      BigInt(greatestOf(x, row * columns, (row + 1) * columns)),
    );
    return [{ type: "int64", dims: keep ? [rows, 1] : [rows], data }];
  };
};
