import { type InferenceSession, Tensor } from "onnxruntime-node";

/** Runs a scale model on 1, which gives its factor. */
export async function scale(session: InferenceSession): Promise<number> {
  const { y } = await session.run({ x: new Tensor("float32", [1], [1]) });
  return Number(y?.data[0]);
}
