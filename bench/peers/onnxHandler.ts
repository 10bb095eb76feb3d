/**
 * The least that serves a model of rows with onnxruntime-node: nothing is checked, logged or explained.
 */
import { InferenceSession, Tensor } from "onnxruntime-node";

const { MODEL_FILE = "", FEATURES = "" } = process.env;
const features = FEATURES.split(",");
const session = InferenceSession.create(MODEL_FILE, { intraOpNumThreads: 1, interOpNumThreads: 1 });

export async function handler(event: { readonly body: string }) {
  const request = JSON.parse(event.body) as Record<string, number>;
  const values = features.map((feature) => request[feature] as number);
  const X = new Tensor("float32", new Float32Array(values), [1, features.length]);
  const { label } = await (await session).run({ X }, ["label"]);
  return { statusCode: 200, headers: { "content-type": "text/plain" }, body: String(label?.data[0]) };
}
