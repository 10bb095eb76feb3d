import { NotEvaluable } from "./value";

/** Applies ONNX's `post_transform` to the scores of one row, in place. */
export type PostTransform = (scores: Float64Array) => void;

const TRANSFORMS: Readonly<Record<string, PostTransform>> = {
  NONE: () => {},
  LOGISTIC: logistic,
  SOFTMAX: softmax,
};

/** @throws NotEvaluable  SOFTMAX_ZERO or PROBIT. */
export function postTransform(name: string): PostTransform {
  const transform = Object.hasOwn(TRANSFORMS, name) ? TRANSFORMS[name] : undefined;
  if (transform === undefined) throw new NotEvaluable(`the post-transformation ${name}`);
  return transform;
}

export function logistic(scores: Float64Array): void {
  for (let i = 0; i < scores.length; i++) scores[i] = 1 / (1 + Math.exp(-(scores[i] as number)));
}

export function softmax(scores: Float64Array): void {
  const greatest = scores.reduce((most, score) => Math.max(most, score), Number.NEGATIVE_INFINITY);
  let sum = 0;
  for (let i = 0; i < scores.length; i++) {
    scores[i] = Math.exp((scores[i] as number) - greatest);
    sum += scores[i] as number;
  }
  for (let i = 0; i < scores.length; i++) scores[i] = (scores[i] as number) / sum;
}
