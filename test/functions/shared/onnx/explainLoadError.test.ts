import assert from "node:assert/strict";
import { explainLoadError } from "../../../../functions/shared/onnx/explainLoadError";
import type { OnnxFacts } from "../../../../functions/shared/onnx/onnxFacts";

const FACTS: OnnxFacts = {
  irVersion: 9,
  opset: 17,
  opsets: new Map([
    ["ai.onnx", 17],
    ["ai.onnx.ml", 99],
  ]),
  inputs: new Map(),
  outputs: new Map(),
  externalFiles: [],
  calledNodes: 0,
};

describe("explainLoadError", () => {
  it("names the operator set that is too new, ONNX's own or that of machine learning", () => {
    const newest = (domain: string, version: number) =>
      `ONNX Runtime only *guarantees* support for models stamped with official released onnx opset versions. Opset 99 is under development and support for this is limited. Current official support for domain ${domain} is till opset ${version}.`;
    assert.equal(
      explainLoadError(newest("ai.onnx.ml", 5), FACTS),
      'It is newer than ONNX Runtime reads (operator set 99 of ai.onnx.ml; up to 5): export it with `target_opset={"": 21, "ai.onnx.ml": 5}`',
    );
    assert.match(explainLoadError(newest("ai.onnx", 26), FACTS), /operator set 17; operator sets up to 26\)/);
  });

  it("names the files of weights that are too short, where there are any", () => {
    const message = "External initializer: w offset: 0 size to read: 16 are out of bounds";
    assert.equal(explainLoadError(message, FACTS), "Its weights are damaged or too short: save it again");
    assert.equal(
      explainLoadError(message, { ...FACTS, externalFiles: ["w.bin"] }),
      "Its weights in w.bin are missing, damaged or too short: upload them again beside the model",
    );
  });
});
