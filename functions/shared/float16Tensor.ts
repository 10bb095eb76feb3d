import { Tensor } from "onnxruntime-node";

/**
 * Creates a float16 tensor from its elements' bits, on every version of Node.js.
 *
 * With `Float16Array` (Node.js 24, which Lambda runs), onnxruntime-common converts the bits to one, and the native
 * part of onnxruntime-node does not know that type and reads an empty tensor: this tensor returns the bits themselves.
 */
export function float16Tensor(bits: Uint16Array, shape: readonly number[]): Tensor {
  return Object.defineProperty(new Tensor("float16", bits, shape), "data", { value: bits });
}
