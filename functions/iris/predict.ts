import { type InferenceSession, Tensor } from "onnxruntime-node";
import type { Input } from "./input";

/** scikit-learn's order of the classes: the model's label is an index into it. */
const SPECIES = ["setosa", "versicolor", "virginica"] as const;

export interface Prediction {
  readonly species: (typeof SPECIES)[number];
  /** By species, adding up to 1. */
  readonly probabilities: Readonly<Record<string, number>>;
}

/** One flower: float32 `[1, 4]` in, the label int64 `[1]` and the probabilities float32 `[1, 3]` out. */
export async function predict(session: InferenceSession, { sl, sw, pl, pw }: Input): Promise<Prediction> {
  const features = new Tensor("float32", [sl, sw, pl, pw], [1, 4]);
  const outputs = await session.run({ [session.inputNames[0] as string]: features });
  const label = Number(outputs.label?.data[0]);
  const probabilities = outputs.probabilities?.data as Float32Array;
  return {
    species: SPECIES[label] as Prediction["species"],
    probabilities: Object.fromEntries(SPECIES.map((species, i) => [species, probabilities[i] as number])),
  };
}
