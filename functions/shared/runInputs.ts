import type { InferenceSession, Tensor } from "onnxruntime-node";
import { BadRequest, HttpError } from "./errors";
import { explainRunError } from "./onnx/explainRunError";
import { runSession } from "./runSession";

/**
 * Runs a model on inputs that the caller chose. Only the model knows whether they go together: what it rejects is the
 * caller's mistake.
 *
 * @param fetches      Names of the outputs to compute. @default all
 * @throws BadRequest  Says why, in ONNX Runtime's words.
 */
export async function runInputs(
  session: InferenceSession,
  feeds: Readonly<Record<string, Tensor>>,
  fetches?: readonly string[],
): Promise<InferenceSession.OnnxValueMapType> {
  return runSession(session, feeds, fetches).catch((cause: Error) => {
    if (cause instanceof HttpError) throw cause;
    throw new BadRequest(`The model rejects these inputs: ${explainRunError(cause.message)}`, { cause });
  });
}
