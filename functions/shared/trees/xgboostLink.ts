import { BrokenModel } from "../modelStore/brokenModel";
import type { Link } from "./scoreModel";

interface Objective {
  readonly link: Link;
  /** The intercept in the model file is a response; this makes a raw score of it. @default it is one */
  readonly toScore?: (response: number) => number;
}

/** `kRtEps`, which keeps an intercept of 0 or 1 finite. */
const EPSILON = 1e-6;

function logit(response: number): number {
  const bounded = Math.min(Math.max(response, EPSILON), 1 - EPSILON);
  return Math.log(bounded / (1 - bounded));
}

const VALUES: Objective = { link: { kind: "values", transform: "identity" } };
const LOGARITHMIC: Objective = { link: { kind: "values", transform: "exp" }, toScore: Math.log };
const SOFTMAX: Objective = { link: { kind: "classes", transform: "softmax" } };

/** XGBoost's objectives: https://xgboost.readthedocs.io/en/stable/parameter.html#learning-task-parameters */
const OBJECTIVES: Readonly<Record<string, Objective>> = {
  "binary:logistic": { link: { kind: "classes", transform: "sigmoid", scale: 1 }, toScore: logit },
  "binary:hinge": { link: { kind: "classes", transform: "hinge" } },
  "binary:logitraw": VALUES,
  "multi:softmax": SOFTMAX,
  "multi:softprob": SOFTMAX,
  "reg:logistic": { link: { kind: "values", transform: "sigmoid", scale: 1 }, toScore: logit },
  "reg:squarederror": VALUES,
  "reg:linear": VALUES,
  "reg:squaredlogerror": VALUES,
  "reg:pseudohubererror": VALUES,
  "reg:absoluteerror": VALUES,
  "reg:quantileerror": VALUES,
  "reg:gamma": LOGARITHMIC,
  "reg:tweedie": LOGARITHMIC,
  "count:poisson": LOGARITHMIC,
  "survival:cox": LOGARITHMIC,
  "survival:aft": LOGARITHMIC,
  "rank:pairwise": VALUES,
  "rank:ndcg": VALUES,
  "rank:map": VALUES,
};

/**
 * Finds what an objective of XGBoost does with the sum of its trees.
 *
 * @param version       Version of the XGBoost that wrote the model: major, minor.
 * @throws BrokenModel  An objective that is not known, such as one of the user's own.
 */
export function xgboostLink(
  objective: string,
  [major = 0, minor = 0]: readonly number[],
): Required<Objective> {
  const known = Object.hasOwn(OBJECTIVES, objective) ? OBJECTIVES[objective] : undefined;
  if (known === undefined) {
    throw new BrokenModel(
      `The XGBoost objective ${JSON.stringify(objective.slice(0, 100))} is not supported: train with one of ${Object.keys(OBJECTIVES).join(", ")}, or convert the model to ONNX`,
    );
  }
  // Up to 1.2 the intercept was a probability here, too.
  const isProbability = objective === "binary:logitraw" && major === 1 && minor < 3;
  return { toScore: isProbability ? logit : (score) => score, ...known };
}
