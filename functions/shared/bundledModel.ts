import path from "node:path";
import type { InferenceSession } from "onnxruntime-node";
import { readEnv, required } from "./env";
import { ServiceUnavailable } from "./errors";
import { createSession } from "./session";

/**
 * The model inside the function's own archive, at `MODEL_FILE` (relative to the archive's root).
 * Loading begins at once, in Lambda's init phase; what fails then is tried again by the next request.
 *
 * @param options  Of the session, over its defaults.
 * @returns        A function that gives the session, or throws {@link ServiceUnavailable}.
 */
export function bundledModel(options?: InferenceSession.SessionOptions): () => Promise<InferenceSession> {
  const { MODEL_FILE } = readEnv({ MODEL_FILE: required });
  const file = path.resolve(process.env.LAMBDA_TASK_ROOT ?? ".", MODEL_FILE);
  let session: Promise<InferenceSession> | undefined;

  const load = () => {
    session ??= createSession(file, options).catch((cause) => {
      session = undefined;
      throw new ServiceUnavailable("The model cannot be loaded now", { cause });
    });
    return session;
  };
  load().catch(() => {}); // The request that needs it gets the error.
  return load;
}
