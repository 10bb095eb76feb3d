import { evaluatorRoom, sessionRoom } from "../../../functions/shared/modelStore/modelRoom";
import { MAX_BUFFER_BYTES } from "../../../functions/shared/modelStore/spool";
import { modelLimit } from "../../../infra/models/modelLimit";

const MB = 1024 * 1024;

/** Models of one size. */
export interface ModelSize {
  /** MB of a model's file. */
  readonly modelMb: number;
  /** Whether the evaluator serves them, in place of ONNX Runtime. */
  readonly evaluator: boolean;
}

/** Counts the models that fit into an instance's memory, as `ModelStore` does: one always fits. @param memorySize  MB. */
export function modelsInMemory(memorySize: number, { modelMb, evaluator }: ModelSize): number {
  const bytes = modelMb * MB;
  const limit = modelLimit(memorySize);
  if (bytes > limit) {
    throw new Error(
      `A function of ${memorySize} MB loads models of up to ${limit / MB} MB: raise --memory (from 1184 on it is 496 MB), or keep the model on a volume.`,
    );
  }
  return Math.max(1, Math.floor(limit / roomOf(bytes, evaluator)));
}

function roomOf(bytes: number, evaluator: boolean): number {
  if (bytes > MAX_BUFFER_BYTES) return sessionRoom(bytes, 1);
  return evaluator ? evaluatorRoom(bytes) : sessionRoom(bytes, 2);
}
