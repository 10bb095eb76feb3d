import { readFileSync } from "node:fs";
import path from "node:path";
import type { InferenceSession } from "onnxruntime-node";
import { optional, readEnv, required } from "./env";
import { ServiceUnavailable, Unprocessable } from "./errors";
import { evaluator } from "./evaluator/lazyEvaluator";
import { recordMetric } from "./metrics";
import { isOutOfMemory } from "./onnx/isOutOfMemory";
import { createSession } from "./session";
import { stopwatch } from "./stopwatch";

/**
 * Loads the model inside the function's own archive, at `MODEL_FILE` (relative to the archive's root). That begins at
 * once, in Lambda's init phase; what fails then is tried again by the next request.
 *
 * `MODEL_EVALUATOR` is `javascript` where it is one of trees or a linear one that needs no ONNX Runtime.
 *
 * @param options  Of the session, over its defaults.
 * @returns        A function that gives the session, or throws {@link ServiceUnavailable} or {@link Unprocessable}.
 */
export function bundledModel(options?: InferenceSession.SessionOptions): () => Promise<InferenceSession> {
  const { MODEL_FILE, MODEL_EVALUATOR } = readEnv({ MODEL_FILE: required, MODEL_EVALUATOR: optional });
  const file = path.resolve(process.env.LAMBDA_TASK_ROOT ?? ".", MODEL_FILE);
  let session: Promise<InferenceSession> | undefined;
  const open = async () =>
    MODEL_EVALUATOR === "javascript"
      ? evaluator().createEvaluator(readFileSync(file))
      : createSession(file, options);

  const load = () => {
    const elapsed = stopwatch();
    session ??= open().then(
      (opened) => {
        recordMetric("ModelLoads");
        recordMetric("ModelLoadTime", Math.round(elapsed() * 100) / 100);
        return opened;
      },
      (cause: Error) => {
        session = undefined;
        recordMetric("ModelLoadFailures");
        throw isOutOfMemory(cause.message)
          ? new ServiceUnavailable("The model cannot be loaded now", { cause })
          : new Unprocessable(
              "The model in the function's archive cannot be served: deploy the function again",
              {
                cause,
              },
            );
      },
    );
    return session;
  };
  load().catch(() => {}); // The request that needs the model gets the error.
  return load;
}
