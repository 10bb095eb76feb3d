import { BrokenModel } from "../modelStore/brokenModel";
import { Fields } from "./fields";
import type { Ensemble, Linear, ScoreModel } from "./scoreModel";
import { xgboostLink } from "./xgboostLink";
import { xgboostTree } from "./xgboostTrees";

/** More raw scores a row mean a damaged file: this number decides how much is allocated. */
const MAX_OUTPUTS = 10_000;

export interface XgboostOptions {
  /**
   * Whether only the rounds up to the best one response, as SageMaker's container has it.
   * @default as the interface that wrote the model: scikit-learn's does so, XGBoost's own uses every round
   */
  readonly bestIteration?: boolean | undefined;
}

/**
 * Reads a model of XGBoost 1.0 to 3, as `Booster.save_model` writes it to JSON or UBJSON:
 * https://xgboost.readthedocs.io/en/stable/tutorials/saving_model.html
 *
 * @param file          The parsed file.
 * @throws BrokenModel  Not such a model, damaged, or with something that is not supported, which is named.
 */
export function readXgboost(file: unknown, options: XgboostOptions = {}): ScoreModel {
  const root = Fields.of(file, "");
  if (!root.has("learner")) {
    throw new BrokenModel(
      "The JSON is not a model of XGBoost, which has a `learner`: write it with `Booster.save_model`",
    );
  }
  const learner = root.child("learner");
  const parameters = learner.child("learner_model_param");
  const features = parameters.count("num_feature");
  const outputs = Math.max(1, parameters.count("num_class", 0), parameters.count("num_target", 1));
  if (outputs > MAX_OUTPUTS) {
    throw new BrokenModel(`The XGBoost model has ${outputs} classes or targets; ${MAX_OUTPUTS} are the most`);
  }
  const { link, toScore } = xgboostLink(learner.child("objective").text("name"), versionOf(root));
  const base = readBase(parameters.text("base_score"), outputs).map((response) =>
    Math.fround(toScore(response)),
  );
  if (!base.every(Number.isFinite)) {
    throw new BrokenModel("`base_score` of the XGBoost model is beyond what its objective takes");
  }
  const head = { name: "xgboost", features, outputs, link, precision: "FLOAT" } as const;
  const booster = learner.child("gradient_booster");
  const name = booster.text("name");
  switch (name) {
    case "gblinear":
      return { ...head, scores: readLinear(booster.child("model"), features, base) };
    case "gbtree":
      return { ...head, scores: readTrees(booster.child("model"), base, roundsOf(learner, options)) };
    case "dart":
      return {
        ...head,
        scores: readTrees(
          booster.child("gbtree").child("model"),
          base,
          roundsOf(learner, options),
          booster.numbers("weight_drop"),
        ),
      };
    default:
      throw new BrokenModel(
        `The XGBoost booster ${JSON.stringify(name.slice(0, 100))} is not supported: train with gbtree, dart or gblinear`,
      );
  }
}

function versionOf(root: Fields): number[] {
  return root.has("version") ? Array.from(root.numbers("version")) : [];
}

/** `5E-1`, or since XGBoost 3.1 a list, `[5E-1,2E-1]`; one number is for all scores. */
function readBase(text: string, outputs: number): number[] {
  const values = text
    .replace(/^\[|\]$/g, "")
    .split(",")
    .map(Number);
  if ((values.length !== 1 && values.length !== outputs) || text.trim() === "") {
    throw new BrokenModel(`\`base_score\` of the XGBoost model has ${values.length} values, not ${outputs}`);
  }
  return Array.from({ length: outputs }, (_, i) => values[values.length === 1 ? 0 : i] ?? Number.NaN);
}

/** Number of rounds that are used; `undefined` for all. */
function roundsOf(learner: Fields, { bestIteration }: XgboostOptions): number | undefined {
  if (!learner.has("attributes")) return undefined;
  const attributes = learner.child("attributes");
  const onlyBest = bestIteration ?? attributes.has("scikit_learn");
  return onlyBest && attributes.has("best_iteration") ? attributes.count("best_iteration") + 1 : undefined;
}

function readTrees(model: Fields, base: number[], rounds: number | undefined, drops?: ArrayLike<number>) {
  const trees = model.children("trees");
  const outputs = model.numbers("tree_info", trees.length);
  const weights = drops ?? (model.has("weight_drop") ? model.numbers("weight_drop") : undefined);
  const used = rounds === undefined ? trees.length : treesOf(model, trees.length, base.length, rounds);
  const read = trees.slice(0, used).map((tree, i) => {
    const output = outputs[i] ?? -1;
    if (!(output >= 0 && output < base.length)) {
      throw new BrokenModel(`Tree ${i} of the XGBoost model is for score ${output} of ${base.length}`);
    }
    return xgboostTree(tree, output, weights?.[i] ?? 1);
  });
  return { kind: "trees", base, trees: read } satisfies Ensemble;
}

/** Trees of the first rounds. Files say how many since XGBoost 2.0; before, each round has as many. */
function treesOf(model: Fields, trees: number, outputs: number, rounds: number): number {
  if (model.has("iteration_indptr")) return model.numbers("iteration_indptr")[rounds] ?? trees;
  const parallel = model.child("gbtree_model_param").count("num_parallel_tree", 1);
  return rounds * Math.max(1, parallel) * outputs;
}

/** Weights lie feature by feature, and after them the intercepts. */
function readLinear(model: Fields, features: number, base: number[]): Linear {
  const outputs = base.length;
  const all = model.numbers("weights", (features + 1) * outputs);
  const weights = new Float64Array(outputs * features);
  for (let feature = 0; feature < features; feature++) {
    for (let output = 0; output < outputs; output++) {
      weights[output * features + feature] = Math.fround(all[feature * outputs + output] ?? 0);
    }
  }
  // The first score's intercept is every score's.
  const intercepts = base.map((_, i) => (base[0] ?? 0) + Math.fround(all[features * outputs + i] ?? 0));
  return { kind: "linear", base: intercepts, weights };
}
