import { classLabels, greatestOf } from "./classLabels";
import type { OperatorFactory } from "./operator";
import { logistic, postTransform } from "./postTransform";
import { TreeEnsemble } from "./treeEnsemble";
import { floatsOf, NotEvaluable, rowsOf, type Value } from "./value";

/** https://onnx.ai/onnx/operators/onnx_aionnxml_TreeEnsembleRegressor.html */
export const treeEnsembleRegressor: OperatorFactory = (attributes) => {
  const outputs = attributes.int("n_targets", 1);
  const trees = new TreeEnsemble(attributes, "target", outputs);
  const base = attributes.numbers("base_values").values;
  const transform = postTransform(attributes.text("post_transform", "NONE"));
  const aggregate = attributes.text("aggregate_function", "SUM");
  if (aggregate !== "SUM") throw new NotEvaluable(`trees that are aggregated by ${aggregate}`);
  if (base.length !== 0 && base.length !== outputs) throw new NotEvaluable("base values of another number");
  const values = trees.newScores();
  return ([X]) => {
    const [rows, columns] = rowsFor(trees, X);
    const data = new Float32Array(rows * outputs);
    const x = floatsOf(X);
    for (let row = 0; row < rows; row++) {
      trees.score(x, row * columns, values);
      for (let i = 0; i < base.length; i++) values[i] = trees.round((values[i] ?? 0) + (base[i] ?? 0));
      transform(values);
      data.set(values, row * outputs);
    }
    return [{ type: "float32", dims: [rows, outputs], data }];
  };
};

/** https://onnx.ai/onnx/operators/onnx_aionnxml_TreeEnsembleClassifier.html */
export const treeEnsembleClassifier: OperatorFactory = (attributes) => {
  const labels = classLabels(attributes, "classlabels_int64s");
  const classes = labels.count;
  const trees = new TreeEnsemble(attributes, "class", classes);
  const base = attributes.numbers("base_values").values;
  const name = attributes.text("post_transform", "NONE");
  const transform = postTransform(name);
  const voted = classes === 2 ? [...new Set(attributes.ints("class_ids"))] : [];
  const isPair = voted.length === 1;
  if ((classes < 3 && !isPair) || (base.length > 0 && base.length !== (isPair ? 1 : classes))) {
    throw new NotEvaluable("a classifier of this form");
  }
  const positive =
    isPair && Array.from(attributes.numbers("class_weights").values).every((weight) => weight >= 0);
  const values = trees.newScores();
  return ([X]) => {
    const [rows, columns] = rowsFor(trees, X);
    const data = new Float32Array(rows * classes);
    const chosen = new Int32Array(rows);
    const x = floatsOf(X);
    for (let row = 0; row < rows; row++) {
      trees.score(x, row * columns, values);
      if (isPair) {
        chosen[row] = scorePair(
          values,
          trees.round((values[voted[0] ?? 0] ?? 0) + (base[0] ?? 0)),
          positive,
          name,
        );
      } else {
        for (let i = 0; i < base.length; i++) values[i] = trees.round((values[i] ?? 0) + (base[i] ?? 0));
        chosen[row] = greatestOf(values);
        transform(values);
      }
      data.set(values, row * classes);
    }
    return [labels.take(chosen), { type: "float32", dims: [rows, classes], data }];
  };
};

/**
 * Scores two classes of which leaves vote for one only, as ONNX Runtime does: what they add up to is the second's, a
 * probability where no leaf is negative, else a logit or a margin.
 *
 * @returns  The chosen class.
 */
function scorePair(values: Float64Array, score: number, positive: boolean, transform: string): 0 | 1 {
  if (positive) {
    values[0] = 1 - score;
    values[1] = score;
    return score > 0.5 ? 1 : 0;
  }
  values[0] = -score;
  values[1] = score;
  if (transform === "LOGISTIC") logistic(values);
  else if (transform !== "NONE") throw new NotEvaluable(`two classes with ${transform}`);
  return score > 0 ? 1 : 0;
}

/** Rows and columns of an input that has what the trees ask for. */
function rowsFor(trees: TreeEnsemble, X: Value | undefined): readonly [rows: number, columns: number] {
  if (X === undefined) throw new NotEvaluable("trees without an input");
  const [rows, columns] = rowsOf(X);
  if (columns < trees.features) {
    throw new RangeError(`the trees ask for ${trees.features} features, a row has ${columns}`);
  }
  return [rows, columns];
}
