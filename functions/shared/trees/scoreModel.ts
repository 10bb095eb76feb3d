/** The computation of a model of trees or a linear model: raw scores of a row, and what its library makes of them. */
export interface ScoreModel {
  /** The library that wrote it. */
  readonly name: "xgboost" | "lightgbm";
  /** Columns of a row. */
  readonly features: number;
  /** Raw scores of a row. */
  readonly outputs: number;
  readonly scores: Ensemble | Linear;
  readonly link: Link;
  /** In what the library compares and adds up. */
  readonly precision: "FLOAT" | "DOUBLE";
}

/** Sums of trees' leaves. */
export interface Ensemble {
  readonly kind: "trees";
  /** Added to each raw score. */
  readonly base: readonly number[];
  readonly trees: readonly Tree[];
}

export interface Tree {
  /** The raw score that its leaves add to. */
  readonly output: number;
  readonly root: number;
  /** Describes a node when asked, since a large model has millions. */
  node(index: number): TreeNode;
}

export type TreeNode = { readonly leaf: number } | Split;

export interface Split {
  readonly feature: number;
  readonly test: Test;
  /** Whether a missing value (NaN) goes where the test holds. */
  readonly missing: boolean;
  /** The next node where the test holds. */
  readonly yes: number;
  readonly no: number;
}

export type Test =
  | { readonly kind: "below" | "atMost"; readonly threshold: number }
  /** The same as `atMost`, but zeros always go to one side. */
  | { readonly kind: "atMostOrZero"; readonly threshold: number; readonly zero: boolean }
  /** A set of categories as ascending bounds: members are from the first up to below the second, from the third on, … */
  | { readonly kind: "among"; readonly bounds: readonly number[] };

/** Weighted sums of features; a missing one counts as 0. */
export interface Linear {
  readonly kind: "linear";
  readonly base: readonly number[];
  /** [outputs, features], row-major. */
  readonly weights: Float64Array;
}

/**
 * The last step, from raw scores to outputs. `classes` answer `label` and `probabilities`, `values` answer `variable`.
 */
export type Link =
  | { readonly kind: "values"; readonly transform: "identity" | "exp" | "signedSquare" | "softplus" }
  | { readonly kind: "values"; readonly transform: "sigmoid"; readonly scale: number }
  /** One score, the logit of the second class; or several, each a label of its own. */
  | { readonly kind: "classes"; readonly transform: "sigmoid"; readonly scale: number }
  /** One score; the second class where it is above 0. */
  | { readonly kind: "classes"; readonly transform: "hinge" }
  | { readonly kind: "classes"; readonly transform: "softmax" }
  /** A score a class, each against all others. */
  | { readonly kind: "classes"; readonly transform: "oneVersusRest"; readonly scale: number };
