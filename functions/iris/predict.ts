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
  const { label, probabilities } = await runSession(session, { X: rowsOf(flowers) });
  return flowers.map((_, row) => ({
    species: String(label?.data[row]),
    probabilities: Object.fromEntries(
      SPECIES.map((species, i) => [species, Number(probabilities?.data[row * SPECIES.length + i])]),
    ),
  }));
}

/** Predicts a flower's species only: ONNX Runtime makes no tensor of what nobody asks for. */
export async function predictSpecies(session: InferenceSession, flower: Input): Promise<string> {
  const { label } = await runSession(session, { X: rowsOf([flower]) }, ["label"]);
  return String(label?.data[0]);
}

function rowsOf(flowers: readonly Input[]): Tensor {
  const values = flowers.flatMap(({ sl, sw, pl, pw }) => [sl, sw, pl, pw]);
  return new Tensor("float32", new Float32Array(values), [flowers.length, 4]);
}
