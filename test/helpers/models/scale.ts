import { type InferenceSession, Tensor } from "onnxruntime-node";

/** What a session of a scale model makes of 1: its factor. */
export async function scale(session: InferenceSession): Promise<number> {
  const { y } = await session.run({ x: new Tensor("float32", [1], [1]) });
  return Number(y?.data[0]);
}
