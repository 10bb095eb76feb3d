import { type InferenceSession, Tensor } from "onnxruntime-node";
import type { Input } from "./input";

/** Names of the features in the order of the models' columns: TMIN comes before TMAX. */
const FEATURES = ["distance", "healthpoints", "magicpoints", "TMIN", "TMAX", "PRCP"] as const;

/**
 * One ride: float32 [1, 6] in, whatever the model calls it; its score is the first number of the model's first output
 * of floats, or of a classifier's probabilities that of its second class.
 *
 * @returns  0..1, rounded to two decimals.
 * @throws Error  The model is not one of rides.
 */
export async function predict(session: InferenceSession, ride: Input): Promise<number> {
  const [feed = ""] = session.inputNames;
  const fetch = scoreOutput(session);
  const features = Float32Array.from(FEATURES, (feature) => ride[feature]);
  const outputs = await session.run({ [feed]: new Tensor("float32", features, [1, FEATURES.length]) }, [
    fetch,
  ]);
  const values = outputs[fetch]?.data;
  const score = values?.[values.length === 2 ? 1 : 0];
  if (typeof score !== "number" || !Number.isFinite(score)) {
    throw new Error(`The model answers ${score}, which is no score`);
  }
  return Math.round(score * 100) / 100;
}

/** Classifiers answer a label before the probabilities. */
function scoreOutput({ outputMetadata, outputNames }: InferenceSession): string {
  const floats = outputMetadata.find((output) => output.isTensor && /^float(32|64)$/.test(output.type));
  return floats?.name ?? outputNames[0] ?? "";
}
