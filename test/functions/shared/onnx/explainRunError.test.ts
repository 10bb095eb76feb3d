import assert from "node:assert/strict";
import { explainRunError } from "../../../../functions/shared/onnx/explainRunError";

/** Messages of ONNX Runtime 1.30, each with what of it is passed on. */
const MESSAGES: readonly (readonly [said: string, passedOn: string])[] = [
  [
    "Non-zero status code returned while running Gather node. Name:'' Status Message: indices element out of data bounds, idx=9 must be within the inclusive range [-4,3]",
    "its operator Gather fails: indices element out of data bounds, idx=9 must be within the inclusive range [-4,3]",
  ],
  [
    "Non-zero status code returned while running MatMul node. Name:'/fc/MatMul' Status Message: matmul_helper.h:59 Compute MatMul dimension mismatch",
    "its operator MatMul fails: MatMul dimension mismatch",
  ],
  [
    "Non-zero status code returned while running Reshape node. Name:'' Status Message: /onnxruntime_src/onnxruntime/core/providers/cpu/tensor/reshape_helper.h:91 onnxruntime::ReshapeHelper::ReshapeHelper(const onnxruntime::TensorShape&, onnxruntime::TensorShapeVector&, bool) input_shape_size == requested_shape_size was false. The input tensor cannot be reshaped to the requested shape. Input shape:{2}, requested shape:{2,3}\n",
    "its operator Reshape fails",
  ],
  [
    "Invalid rank for input: x Got: 2 Expected: 1 Please fix either the inputs/outputs or the model.",
    "Invalid rank for input: x Got: 2 Expected: 1",
  ],
  [
    "Unexpected input data type. Actual: (tensor(int32)) , expected: (tensor(float))",
    "Unexpected input data type. Actual: (tensor(int32)) , expected: (tensor(float))",
  ],
  ["Cannot open /var/task/index.js", "it fails on them"],
  ["onnxruntime::Something went wrong", "it fails on them"],
];

describe("explainRunError", () => {
  for (const [said, passedOn] of MESSAGES) {
    it(`passes on no path and no signature of ONNX Runtime's source: ${passedOn}`, () => {
      assert.equal(explainRunError(said), passedOn);
    });
  }
});
