import { classLabels, greatestOf } from "./classLabels";
import type { OperatorFactory } from "./operator";
import { postTransform } from "./postTransform";
import { floatsOf, floatValue, NotEvaluable, rowsOf, type Value } from "./value";

/**
 * `rows · weights + base` of each row, added up in double: ONNX Runtime adds up float32 in an order of its own.
 *
 * @param weights  [outputs, columns], row-major.
 */
function weigh(
  X: Value | undefined,
  weights: ArrayLike<number>,
  outputs: number,
  base: ArrayLike<number>,
  each: (scores: Float64Array, row: number) => void,
): number {
  if (X === undefined) throw new NotEvaluable("a linear model without an input");
  const [rows, columns] = rowsOf(X);
  if (columns * outputs !== weights.length) {
    throw new RangeError(`the model has ${weights.length / outputs} features, a row has ${columns}`);
  }
  const x = floatsOf(X);
  const scores = new Float64Array(outputs);
  for (let row = 0; row < rows; row++) {
    for (let output = 0; output < outputs; output++) {
      let sum = 0;
      for (let i = 0; i < columns; i++) {
        sum += (x[row * columns + i] as number) * (weights[output * columns + i] as number);
      }
      scores[output] = sum + (base[output] ?? 0);
    }
    each(scores, row);
  }
  return rows;
}

/** https://onnx.ai/onnx/operators/onnx_aionnxml_LinearRegressor.html */
export const linearRegressor: OperatorFactory = (attributes) => {
  const outputs = attributes.int("targets", 1);
  const weights = Float32Array.from(attributes.floats("coefficients"));
  const base = attributes.floats("intercepts");
  const transform = postTransform(attributes.text("post_transform", "NONE"));
  return ([X]) => {
    const data: number[] = [];
    const rows = weigh(X, weights, outputs, base, (scores) => {
      transform(scores);
      data.push(...scores);
    });
    return [floatValue("float32", [rows, outputs], data)];
  };
};

/** https://onnx.ai/onnx/operators/onnx_aionnxml_LinearClassifier.html */
export const linearClassifier: OperatorFactory = (attributes) => {
  const labels = classLabels(attributes, "classlabels_ints");
  const weights = Float32Array.from(attributes.floats("coefficients"));
  const base = attributes.floats("intercepts");
  const transform = postTransform(attributes.text("post_transform", "NONE"));
  attributes.int("multi_class", 0);
  const classes = labels.count;
  if (classes < 2 || base.length !== classes) throw new NotEvaluable("a classifier of one score");
  return ([X]) => {
    const data: number[] = [];
    const chosen: number[] = [];
    const rows = weigh(X, weights, classes, base, (scores) => {
      chosen.push(greatestOf(scores));
      transform(scores);
      data.push(...scores);
    });
    return [labels.take(Int32Array.from(chosen)), floatValue("float32", [rows, classes], data)];
  };
};

/** https://onnx.ai/onnx/operators/onnx__Gemm.html, with a constant second and third input. */
export const gemm: OperatorFactory = (attributes, [, B, C]) => {
  if (
    attributes.float("alpha", 1) !== 1 ||
    attributes.float("beta", 1) !== 1 ||
    attributes.int("transA", 0) !== 0
  ) {
    throw new NotEvaluable("Gemm with alpha, beta or transA");
  }
  if (B?.dims.length !== 2) throw new NotEvaluable("Gemm with another matrix");
  const product = matrixProduct(B, attributes.int("transB", 0) === 1);
  const base = C === undefined ? [] : floatsOf(C);
  if (C !== undefined && base.length !== product.outputs) throw new NotEvaluable("Gemm that adds a matrix");
  return ([A]) => [product.apply(A, base)];
};

/** https://onnx.ai/onnx/operators/onnx__MatMul.html, with a constant second input. */
export const matMul: OperatorFactory = (_, [, B]) => {
  const product = matrixProduct(B, false);
  return ([A]) => [product.apply(A, [])];
};

function matrixProduct(B: Value | undefined, transposed: boolean) {
  if (B === undefined || B.dims.length > 2) throw new NotEvaluable("a matrix that is no constant");
  const matrix = floatsOf(B);
  const [first = 0, second = 1] = B.dims;
  const [outputs, columns] = transposed ? [first, second] : [second, first];
  const weights = transposed
    ? matrix
    : matrix.map((_, i) => matrix[(i % columns) * outputs + Math.floor(i / columns)] ?? 0);
  return {
    outputs,
    apply(A: Value | undefined, base: ArrayLike<number>): Value {
      if (A?.dims.length !== 2) throw new NotEvaluable("a product of other tensors than matrices");
      const data: number[] = [];
      const rows = weigh(A, weights, outputs, base, (scores) => data.push(...scores));
      const dims = B.dims.length === 1 ? [rows] : [rows, outputs];
      return floatValue(B.type === "float64" ? "float64" : "float32", dims, data);
    },
  };
}
