import assert from "node:assert/strict";
import fs from "node:fs";
import path from "node:path";
import { Tensor } from "onnxruntime-node";
import { createEvaluator } from "../../../../functions/shared/evaluator/evaluator";

const IRIS = path.resolve(__dirname, "../../../../functions/open-inference/model/models/iris/1/model.onnx");

describe("the evaluator", () => {
  it("An output says how many values it has, as ONNX Runtime's tensors do", async () => {
    const session = createEvaluator(fs.readFileSync(IRIS));
    const outputs = await session.run({ X: new Tensor("float32", new Float32Array(8), [2, 4]) });
    const sizes = Object.entries(outputs).map(([name, output]) => [name, (output as Tensor).size]);
    assert.deepEqual(sizes, [
      ["label", 2],
      ["probabilities", 6],
    ]);
  });
});
