import * as element from "./elementOperators";
import { gemm, linearClassifier, linearRegressor, matMul } from "./linearOperators";
import type { OperatorFactory } from "./operator";
import * as row from "./rowOperators";
import * as shape from "./shapeOperators";
import { treeEnsembleClassifier, treeEnsembleRegressor } from "./treeOperators";

/** The operators that models of trees and linear models are made of, by converters and by this project. */
export const OPERATORS: Readonly<Record<string, OperatorFactory>> = {
  Abs: element.abs,
  Add: element.add,
  ArgMax: row.argMax,
  ArrayFeatureExtractor: shape.arrayFeatureExtractor,
  Cast: element.cast,
  Clip: element.clip,
  Concat: shape.concat,
  Div: element.div,
  Exp: element.exp,
  Gather: shape.gather,
  Gemm: gemm,
  Greater: element.greater,
  Identity: shape.identity,
  Imputer: row.imputer,
  IsNaN: element.isMissing,
  LinearClassifier: linearClassifier,
  LinearRegressor: linearRegressor,
  Log: element.log,
  MatMul: matMul,
  Mul: element.mul,
  Neg: element.neg,
  Normalizer: row.normalizer,
  Reshape: shape.reshape,
  Scaler: row.scaler,
  Sigmoid: element.sigmoid,
  Softmax: row.softmax,
  Squeeze: shape.squeeze,
  Sub: element.sub,
  TreeEnsembleClassifier: treeEnsembleClassifier,
  TreeEnsembleRegressor: treeEnsembleRegressor,
  Where: element.where,
};
