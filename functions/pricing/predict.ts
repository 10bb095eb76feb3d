import { type InferenceSession, Tensor } from "onnxruntime-node";
import type { Input } from "./input";

/** Names of the features in the order of the models' columns: TMIN comes before TMAX. */
const FEATURES = ["distance", "healthpoints", "magicpoints", "TMIN", "TMAX", "PRCP"] as const;

/**
 * One ride: float32 [1, 6] in, whatever the model calls it; the first value of its first output is the score.
 *
 * @returns  0..1, rounded to two decimals.
 * @throws Error  The model is not one of rides.
 */
export async function predict(session: InferenceSession, ride: Input): Promise<number> {
  const [feed = "", fetch = ""] = [session.inputNames[0], session.outputNames[0]];
  const features = Float32Array.from(FEATURES, (feature) => ride[feature]);
  const outputs = await session.run({ [feed]: new Tensor("float32", features, [1, FEATURES.length]) }, [
    fetch,
  ]);
  const score = outputs[fetch]?.data[0];
  if (typeof score !== "number" || !Number.isFinite(score)) {
    throw new Error(`The model answers ${score}, which is no score`);
  }
  return Math.round(score * 100) / 100;
}
