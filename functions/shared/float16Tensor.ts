import { Tensor } from "onnxruntime-node";

/**
 * Makes a float16 tensor of the elements' bits, on every version of Node.js.
 *
 * Where there is a `Float16Array` (Node.js 24, which Lambda runs), onnxruntime-common turns the bits into one, and
 * onnxruntime-node's native part, which knows none, takes it for empty: the tensor gives it the bits themselves.
 */
export function float16Tensor(bits: Uint16Array, shape: readonly number[]): Tensor {
  return Object.defineProperty(new Tensor("float16", bits, shape), "data", { value: bits });
}
