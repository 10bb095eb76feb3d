import { numberBetween, readEnv } from "../env";
import type { ModelSource } from "./modelSource";
import { ModelStore } from "./modelStore";

const MIB = 1024 * 1024;

/** Memory for Node.js, ONNX Runtime and a request's tensors. */
const BASE_MIB = 192;

/**
 * Creates the function's store from its environment: `MODEL_CACHE_MB`, the memory limit on all models (default: half of
 * the memory that Node.js leaves, since loading takes up to twice a model's size), and `MODEL_CHECK_SECONDS`, the age
 * after which a version is checked again (default 60).
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
