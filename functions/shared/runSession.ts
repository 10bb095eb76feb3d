import type { InferenceSession, Tensor } from "onnxruntime-node";
import { ServiceUnavailable } from "./errors";
import { isOutOfMemory } from "./onnx/isOutOfMemory";

/**
 * Runs a model.
 *
 * @param feeds                Tensors by the names of the model's inputs.
 * @param fetches              Names of the outputs to compute. @default all
 * @throws ServiceUnavailable  The memory does not suffice for these inputs.
 * @throws Error               The model fails on them, in ONNX Runtime's words.
 */
export async function runSession(
  session: InferenceSession,
  feeds: Readonly<Record<string, Tensor>>,
  fetches: readonly string[] = session.outputNames,
): Promise<InferenceSession.OnnxValueMapType> {
  try {
    return await session.run(feeds, fetches);
  } catch (cause) {
    if (!isOutOfMemory((cause as Error).message)) throw cause;
    throw new ServiceUnavailable(
      "The function's memory does not suffice to run the model on this request: send less at once, or raise the function's `memorySize`",
      { cause },
    );
  }
}
