import { type InferenceSession, Tensor } from "onnxruntime-node";
import { runSession } from "../shared/runSession";
import type { Input } from "./input";

/** Class names in the model's order. */
export const SPECIES = ["setosa", "versicolor", "virginica"] as const;

export interface Prediction {
  readonly species: string;
  /** Probability of each species; they add up to 1. */
  readonly probabilities: Readonly<Record<string, number>>;
}

/** One flower: float32 `X [1, 4]` in, `label` string `[1]` and `probabilities` float32 `[1, 3]` out. */
export async function predict(session: InferenceSession, { sl, sw, pl, pw }: Input): Promise<Prediction> {
  const X = new Tensor("float32", [sl, sw, pl, pw], [1, 4]);
  const { label, probabilities } = await runSession(session, { X });
  return {
    species: String(label?.data[0]),
    probabilities: Object.fromEntries(SPECIES.map((species, i) => [species, Number(probabilities?.data[i])])),
  };
}
