import { type InferenceSession, Tensor } from "onnxruntime-node";
import { runSession } from "../shared/runSession";
import { type Input, input } from "./input";

/** Feature names in the order of the model's columns. */
export const FEATURES = Object.keys(input.entries) as (keyof Input)[];

/** Tumours: float32 `X [n, 5]` in; 1 for malignant, 0 for benign (scikit-learn's own target is the other way round). */
export async function predict(session: InferenceSession, tumours: readonly Input[]): Promise<(0 | 1)[]> {
  const values = tumours.flatMap((measures) => FEATURES.map((feature) => measures[feature]));
  const X = new Tensor("float32", new Float32Array(values), [tumours.length, FEATURES.length]);
  const { label } = await runSession(session, { X }, ["label"]);
  return tumours.map((_, row) => (Number(label?.data[row]) === 1 ? 1 : 0));
}
