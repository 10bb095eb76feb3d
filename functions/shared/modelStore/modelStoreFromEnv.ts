import { numberBetween, readEnv } from "../env";
import type { ModelSource } from "./modelSource";
import { ModelStore } from "./modelStore";

const MIB = 1024 * 1024;

/** What Node.js, ONNX Runtime and a request's tensors take. */
const BASE_MIB = 192;

/**
 * Makes the store of a function by its environment: `MODEL_CACHE_MB`, the bound on all models (default: half of what
 * the function's memory leaves beside Node.js, since loading takes up to twice a model's size), and
 * `MODEL_CHECK_SECONDS`, how old the source's word on a model may be (default 60).
 */
export function modelStoreFromEnv(source: ModelSource): ModelStore {
  const { AWS_LAMBDA_FUNCTION_MEMORY_SIZE: memory } = readEnv({
    AWS_LAMBDA_FUNCTION_MEMORY_SIZE: numberBetween(128, 10_240, 1024),
  });
  const { MODEL_CACHE_MB, MODEL_CHECK_SECONDS } = readEnv({
    MODEL_CACHE_MB: numberBetween(1, 10_240, Math.max(16, (memory - BASE_MIB) / 2)),
    MODEL_CHECK_SECONDS: numberBetween(0, 86_400, 60),
  });
  return new ModelStore({ source, maxBytes: MODEL_CACHE_MB * MIB, checkSeconds: MODEL_CHECK_SECONDS });
}
