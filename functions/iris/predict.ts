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

/** Flowers: float32 `X [n, 4]` in, `label` string `[n]` and `probabilities` float32 `[n, 3]` out. */
export async function predict(session: InferenceSession, flowers: readonly Input[]): Promise<Prediction[]> {
  const values = flowers.flatMap(({ sl, sw, pl, pw }) => [sl, sw, pl, pw]);
  const X = new Tensor("float32", values, [flowers.length, 4]);
  const { label, probabilities } = await runSession(session, { X });
  return flowers.map((_, row) => ({
    species: String(label?.data[row]),
    probabilities: Object.fromEntries(
      SPECIES.map((species, i) => [species, Number(probabilities?.data[row * SPECIES.length + i])]),
    ),
  }));
}
