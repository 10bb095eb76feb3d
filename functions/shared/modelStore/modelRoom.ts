/** Memory of a session in addition to its weights, measured with small models: 74 to 88 KiB. */
const SESSION_BYTES = 96 * 1024;

/** Memory of the evaluator in addition to a model's numbers, measured with linear models. */
const EVALUATOR_BYTES = 10 * 1024;

/**
 * Estimates the memory of a model that ONNX Runtime serves.
 *
 * @param copies  2 for one that is loaded from a buffer, whose bytes the session keeps twice.
 */
export function sessionRoom(bytes: number, copies: 1 | 2): number {
  return SESSION_BYTES + copies * bytes;
}

/** Estimates the memory of a model that the evaluator serves. */
export function evaluatorRoom(bytes: number): number {
  return EVALUATOR_BYTES + bytes;
}
