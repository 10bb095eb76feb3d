import assert from "node:assert/strict";
import fs from "node:fs";
import path from "node:path";
import { Tensor } from "onnxruntime-node";
import { createEvaluator } from "../../../../functions/shared/evaluator/evaluator";
import { encodeOnnxModel } from "../../../../functions/shared/onnxProto";

const IRIS = path.resolve(__dirname, "../../../../functions/open-inference/model/models/iris/1/model.onnx");

type Lists = Readonly<Record<string, { ints: number[] } | { strings: string[] }>>;

/** A classifier with two trees of one split each; lists of attributes replace its own. */
function twoStumps(replaced: Lists = {}) {
  return encodeOnnxModel({
    name: "stumps",
    nodes: [
      {
        op: "TreeEnsembleClassifier",
        domain: "ai.onnx.ml",
        inputs: ["x"],
        outputs: ["label", "scores"],
        attributes: {
          classlabels_strings: { strings: ["a", "b".repeat(200), "ç"] },
          nodes_treeids: { ints: [0, 0, 0, 300, 300, 300] },
          nodes_nodeids: { ints: [0, 1, 2, 0, 1, 2] },
          nodes_featureids: { ints: [1, 0, 0, 0, 0, 0] },
          nodes_modes: { strings: ["BRANCH_LT", "LEAF", "LEAF", "BRANCH_LEQ", "LEAF", "LEAF"] },
          nodes_values: { floats: [0.5, 0, 0, 0.5, 0, 0] },
          nodes_truenodeids: { ints: [1, 0, 0, 1, 0, 0] },
          nodes_falsenodeids: { ints: [2, 0, 0, 2, 0, 0] },
          class_treeids: { ints: [300, 0, 0, 300] },
          class_nodeids: { ints: [2, 1, 2, 1] },
          class_ids: { ints: [2, 0, 1, 0] },
          class_weights: { floats: [3, 1, 2, 1] },
          ...replaced,
        },
      },
    ],
    inputs: [{ name: "x", type: "FLOAT", shape: ["N", 2] }],
    outputs: [
      { name: "label", type: "STRING", shape: ["N"] },
      { name: "scores", type: "FLOAT", shape: ["N", 3] },
    ],
    opsets: { "": 15, "ai.onnx.ml": 3 },
  });
}

describe("the evaluator", () => {
  it("Votes count for their leaf in whatever order the model lists them, and labels may be long", async () => {
    const rows = new Tensor("float32", Float32Array.of(0, 0, 0, 1, 1, 0), [3, 2]);
    const { label, scores } = await createEvaluator(twoStumps()).run({ x: rows });
    assert.deepEqual(label?.data, ["a", "b".repeat(200), "ç"]);
    assert.deepEqual(scores?.data, Float32Array.of(2, 0, 0, 1, 2, 0, 1, 0, 3));
  });

  for (const [what, replaced] of Object.entries<Lists>({
    "lists more trees than nodes": { nodes_treeids: { ints: [0, 0, 0, 300, 300, 300, 301] } },
    "lists fewer ids than nodes": { nodes_nodeids: { ints: [0, 1, 2, 0, 1] } },
    "lists fewer features than nodes": { nodes_featureids: { ints: [1, 0, 0] } },
    "leads to a node that is not there": { nodes_truenodeids: { ints: [1, 0, 0, 3, 0, 0] } },
    "leads to a node that is not listed": { nodes_falsenodeids: { ints: [2, 0, 0] } },
    "leads in a circle": { nodes_falsenodeids: { ints: [0, 0, 0, 2, 0, 0] } },
    "votes by a node that is not there": { class_nodeids: { ints: [3, 1, 2, 1] } },
    "votes by a node that is no leaf": { class_nodeids: { ints: [0, 1, 2, 1] } },
    "has nodes of an unknown mode": {
      nodes_modes: { strings: ["BRANCH_X", "LEAF", "LEAF", "LEAF", "LEAF", "LEAF"] },
    },
    "has an attribute that is not known": { nodes_unknown: { ints: [1] } },
  })) {
    it(`A forest that ${what} is not evaluated`, () => {
      assert.throws(() => createEvaluator(twoStumps(replaced)), { name: "NotEvaluable" });
    });
  }

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
