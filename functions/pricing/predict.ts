import { type InferenceSession, Tensor } from "onnxruntime-node";
import { BadRequest, HttpError } from "../shared/errors";
import { float16Values } from "../shared/float16Values";
import { BrokenModel } from "../shared/modelStore/brokenModel";
import { explainRunError } from "../shared/onnx/explainRunError";
import { runSession } from "../shared/runSession";
import type { Input } from "./input";

/** Feature names in the order of the models' columns: TMIN comes before TMAX. */
const FEATURES = ["distance", "healthpoints", "magicpoints", "TMIN", "TMAX", "PRCP"] as const;

/** An ordinary ride: a model without a score for it has none for any ride. */
const USUAL_RIDE = { distance: 30, healthpoints: 30, magicpoints: 2500, TMAX: 333, TMIN: 300, PRCP: 0 };

/** Probabilities are sums of float32, which may exceed 1 by this much. */
const ROUNDING = 1e-5;

/**
 * One ride: float32 or float64 [1, 6] in, whatever the model calls it; its score is the first number of the model's
 * first output of floats, or of a classifier's probabilities that of its second class.
 *
 * @returns  0..1, rounded to two decimals.
 * @throws BrokenModel  The model is not one of rides, or its response is no score.
 * @throws BadRequest   Numbers so large that the model's arithmetic ends in infinity or NaN.
 */
export async function predict(session: InferenceSession, ride: Input): Promise<number> {
  const score = await rate(session, ride);
  if (isScore(score)) return Math.round(Math.min(Math.max(score, 0), 1) * 100) / 100;
  if (!Number.isFinite(score) && isScore(await rate(session, USUAL_RIDE))) {
    throw new BadRequest("The model has no score for numbers this large");
  }
  throw new BrokenModel(
    `It answers ${score} to a ride, which is no score from 0 to 1: train a binary classifier that gives probabilities`,
  );
}

function isScore(score: number): boolean {
  return score >= -ROUNDING && score <= 1 + ROUNDING;
}

async function rate(session: InferenceSession, ride: Input): Promise<number> {
  const [feed = ""] = session.inputNames;
  const type = session.inputMetadata.find(({ name }) => name === feed);
  const isDouble = type?.isTensor && type.type === "float64";
  const features = FEATURES.map((feature) => ride[feature]);
  const X = new Tensor(isDouble ? "float64" : "float32", features, [1, FEATURES.length]);
  const fetch = scoreOutput(session);
  const outputs = await runSession(session, { [feed]: X }, [fetch]).catch((cause: Error) => {
    if (cause instanceof HttpError) throw cause;
    const reason = explainRunError(cause.message);
    throw new BrokenModel(`It does not take a ride, which is six numbers: ${reason}`, { cause });
  });
  const values = numbersOf(outputs[fetch] as Tensor);
  const score = values[values.length === 2 ? 1 : 0];
  if (typeof score !== "number" || values.length > 2) {
    throw new BrokenModel(
      "It does not answer a ride with one score: train a binary classifier that gives probabilities",
    );
  }
  return score;
}

/** Half-precision numbers come as their bits, but where Node.js has a type for them. */
function numbersOf({ type, data }: Tensor): Tensor["data"] {
  if (type !== "float16" || !(data instanceof Uint16Array)) return data;
  return Float32Array.from(data, (bits) => float16Values()[bits] ?? Number.NaN);
}

/** Classifiers return a label before the probabilities. */
function scoreOutput({ outputMetadata, outputNames }: InferenceSession): string {
  const floats = outputMetadata.find((output) => output.isTensor && /^float(16|32|64)$/.test(output.type));
  if (floats === undefined && outputMetadata.some(({ isTensor }) => !isTensor)) {
    throw new BrokenModel(
      "Its probabilities are no tensor: push it with `npm run model -- push`, which mends that, or convert it with `zipmap=False`",
    );
  }
  return floats?.name ?? outputNames[0] ?? "";
}
