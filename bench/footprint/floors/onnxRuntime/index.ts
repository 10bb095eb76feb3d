import path from "node:path";
import { InferenceSession, Tensor } from "onnxruntime-node";

const { LAMBDA_TASK_ROOT = "", MODEL_FILE = "" } = process.env;

const opened = InferenceSession.create(path.resolve(LAMBDA_TASK_ROOT, MODEL_FILE), {
  intraOpNumThreads: 1,
  interOpNumThreads: 1,
});

/** An axis whose size the caller chooses: one row, and the sides of the scene in the sample of `smoke-segmentation`. */
const FREE_AXES = [1, 64, 64];

/** The least that runs a model: parses the body, fills the inputs, runs, and writes the outputs' sizes. */
export async function handler(event: { body: string }): Promise<{ statusCode: number; body: string }> {
  JSON.parse(event.body);
  const session = await opened;
  const feeds = Object.fromEntries(session.inputMetadata.map((input) => [input.name, filled(input)]));
  const outputs = await session.run(feeds);
  const sizes = Object.values(outputs).map(({ data }) => (data as { length: number }).length);
  return { statusCode: 200, body: JSON.stringify(sizes) };
}

function filled(input: InferenceSession.ValueMetadata): Tensor {
  if (!input.isTensor || input.type !== "float32") throw new Error(`${input.name} is no tensor of float32`);
  const shape = input.shape.map((size, i) =>
    typeof size === "number" && size > 0 ? size : (FREE_AXES[i] ?? 1),
  );
  const size = shape.reduce((product, one) => product * one, 1);
  return new Tensor("float32", new Float32Array(size), shape);
}
