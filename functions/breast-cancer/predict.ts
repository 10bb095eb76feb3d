import { type InferenceSession, Tensor } from "onnxruntime-node";
import { runSession } from "../shared/runSession";
import { type Input, input } from "./input";

/** Feature names in the order of the model's columns. */
export const FEATURES = Object.keys(input.entries) as (keyof Input)[];

/** One tumour: float32 `X [1, 5]` in; 1 for malignant, 0 for benign (scikit-learn's own target is the other way round). */
export async function predict(session: InferenceSession, measures: Input): Promise<0 | 1> {
  const X = new Tensor(
    "float32",
    FEATURES.map((feature) => measures[feature]),
    [1, FEATURES.length],
  );
  const { label } = await runSession(session, { X }, ["label"]);
  return Number(label?.data[0]) === 1 ? 1 : 0;
}
