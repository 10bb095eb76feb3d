import { Tensor } from "onnxruntime-node";
import { BadRequest } from "../shared/errors";
import { float16Tensor } from "../shared/float16Tensor";
import { cut, shown } from "../shared/shown";
import type { Reject } from "./checkString";
import { DATA_TYPES } from "./dataTypes";
import type { InferInput } from "./inferRequest";
import { shapeOf, type TensorSignature } from "./modelSignature";
import { readBinaryTensor } from "./readBinaryTensor";
import { readJsonTensor } from "./readJsonTensor";

/**
 * Makes a tensor of an input.
 *
 * @param expected  What the model takes by this name.
 * @param binary    The input's bytes, where they follow the JSON; little-endian, row-major.
 * @throws BadRequest  Another data type or shape, too few or too many values, values out of range; says what the model
 *   expects.
 */
export function readTensor(input: InferInput, expected: TensorSignature, binary: Buffer | undefined): Tensor {
  const { name, shape } = input;
  if (input.datatype !== expected.datatype || !fits(shape, expected.shape)) {
    throw new BadRequest(
      `Input ${shown(name)} is ${cut(input.datatype)} [${cut(String(shape))}], the model expects ${expected.datatype} ${shapeOf(expected)}`,
    );
  }
  const { datatype } = expected;
  const { onnx } = DATA_TYPES[datatype];
  const reject: Reject = (what) => new BadRequest(`Input ${shown(name)}: ${what}`);
  const data =
    binary === undefined
      ? readJsonTensor(input.data, datatype, shape, reject)
      : readBinaryTensor(binary, datatype, shape, reject);
  if (onnx === "float16") return float16Tensor(data as Uint16Array, shape);
  return new Tensor(onnx, data as never, shape);
}

function fits(shape: readonly number[], expected: readonly number[] | undefined): boolean {
  if (expected === undefined) return true;
  return (
    shape.length === expected.length && expected.every((size, axis) => size === -1 || size === shape[axis])
  );
}
