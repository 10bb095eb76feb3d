import assert from "node:assert/strict";
import { InferenceSession } from "onnxruntime-node";
import { predict } from "../../../functions/pricing/predict";
import { encodeOnnxModel } from "../../../functions/shared/onnxProto";

/** ONNX's own numbers of data types. */
const TYPES = { FLOAT16: 10, FLOAT: 1, DOUBLE: 11 } as const;

const RIDE = { distance: 0.1, healthpoints: 0.2, magicpoints: 0.3, TMAX: 0.4, TMIN: 0.5, PRCP: 0.6 };

/** A model whose score is the sigmoid of a ride's mean. */
function sigmoidModel(type: keyof typeof TYPES): Uint8Array {
  return encodeOnnxModel({
    name: "sigmoid",
    inputs: [{ name: "x", type: "FLOAT", shape: ["N", 6] }],
    outputs: [{ name: "score", type, shape: ["N", 1] }],
    nodes: [
      { op: "ReduceMean", inputs: ["x"], outputs: ["mean"], attributes: { axes: { ints: [1] } } },
      { op: "Sigmoid", inputs: ["mean"], outputs: ["probability"] },
      { op: "Cast", inputs: ["probability"], outputs: ["score"], attributes: { to: { int: TYPES[type] } } },
    ],
  });
}

describe("a ride's score", () => {
  for (const type of ["FLOAT16", "FLOAT", "DOUBLE"] as const) {
    it(`is read whatever floating-point type the model answers with: ${type}`, async () => {
      const session = await InferenceSession.create(sigmoidModel(type));
      try {
        assert.equal(await predict(session, RIDE), 0.59);
      } finally {
        await session.release();
      }
    });
  }
});
