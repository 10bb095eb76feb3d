import { type InferenceSession, Tensor } from "onnxruntime-node";
import { createEvaluator } from "../../functions/shared/evaluator/evaluator";
import { NotEvaluable } from "../../functions/shared/evaluator/value";
import { probeRows } from "./probeRows";

/** Allowed difference of two runtimes, relative to an output's usual size. */
const TOLERANCE = 1e-6;
const BATCH = 1_000;

/**
 * Compares the evaluator with ONNX Runtime, at every threshold of the model and on a large random sample.
 *
 * @param bytes  The model's ONNX.
 * @param session  The same model in ONNX Runtime.
 * @returns Why ONNX Runtime has to serve the model; `undefined` if the evaluator can.
 */
export async function compareEvaluator(
  bytes: Uint8Array,
  session: InferenceSession,
): Promise<string | undefined> {
  try {
    const evaluator = createEvaluator(bytes);
    const [input = ""] = evaluator.inputNames;
    const [metadata] = evaluator.inputMetadata;
    const columns = metadata?.isTensor ? metadata.shape[1] : undefined;
    if (typeof columns !== "number" || columns < 1)
      return "the model does not say how many features a row has";
    for (const rows of batches(probeRows(bytes, columns))) {
      const feeds = { [input]: new Tensor("float32", rows, [rows.length / columns, columns]) };
      const [expected, actual] = [await session.run(feeds), await evaluator.run(feeds)];
      for (const name of evaluator.outputNames) {
        const difference = differs(expected[name], actual[name]);
        if (difference !== undefined) return `its output "${name}" ${difference}`;
      }
    }
    return undefined;
  } catch (error) {
    if (error instanceof NotEvaluable || error instanceof RangeError) return error.message;
    throw error;
  }
}

function* batches(rows: Iterable<Float32Array>): Generator<Float32Array> {
  let batch: Float32Array[] = [];
  const joined = () => {
    const [{ length } = { length: 0 }] = batch;
    const all = new Float32Array(batch.length * length);
    for (const [i, row] of batch.entries()) all.set(row, i * length);
    batch = [];
    return all;
  };
  for (const row of rows) {
    if (batch.push(row) === BATCH) yield joined();
  }
  if (batch.length > 0) yield joined();
}

function differs(expected: Tensor | undefined, actual: Tensor | undefined): string | undefined {
  if (expected === undefined || actual === undefined || expected.type !== actual.type)
    return "is of another type";
  if (String(expected.dims) !== String(actual.dims)) return "is of another shape";
  const [a, b] = [expected.data as ArrayLike<unknown>, actual.data as ArrayLike<unknown>];
  const usual = usualSize(a);
  for (let i = 0; i < a.length; i++) {
    const [x, y] = [a[i], b[i]];
    if (x === y || (Number.isNaN(x) && Number.isNaN(y))) continue;
    if (typeof x !== "number" || typeof y !== "number") return `is ${y}, not ${x}`;
    const most = TOLERANCE * Math.max(usual, Math.abs(x));
    if (!(Math.abs(x - y) <= most)) return `differs by ${Math.abs(x - y)}`;
  }
  return undefined;
}

/** A sum that cancels out is as exact as its terms, not as its result. */
function usualSize(values: ArrayLike<unknown>): number {
  let sum = 0;
  let count = 1;
  for (let i = 0; i < values.length; i++) {
    const value = values[i];
    if (typeof value !== "number" || !Number.isFinite(value)) continue;
    sum += Math.abs(value);
    count++;
  }
  return Math.max(1, sum / count);
}
