import assert from "node:assert/strict";
import fs from "node:fs";
import path from "node:path";
import { compareEvaluator } from "../../../bin/lib/compareEvaluator";
import type { Card } from "../../../functions/shared/card";
import { EVALUATOR_MARK } from "../../../functions/shared/evaluator/mark";
import { readArchive } from "../../../functions/shared/modelStore/readArchive";
import { encodeOnnxModel } from "../../../functions/shared/onnxProto";
import { createSession } from "../../../functions/shared/session";
import { modelFormat } from "../../../functions/shared/trees/modelFormat";
import { treesToOnnx } from "../../../functions/shared/trees/treesToOnnx";

const ROOT = path.resolve(__dirname, "../../..");
const FIXTURES = path.join(ROOT, "test/fixtures");
const filesOf = (folder: string, pattern: RegExp) =>
  fs
    .readdirSync(path.join(ROOT, folder))
    .filter((name) => pattern.test(name))
    .map((name) => path.join(folder, name));

const CARDS = filesOf("functions", /^/)
  .map((folder) => path.join(ROOT, folder, "model/card.json"))
  .filter((file) => fs.existsSync(file))
  .map((file) => JSON.parse(fs.readFileSync(file, "utf8")) as Card)
  .sort((a, b) => Number(a.evaluator !== undefined) - Number(b.evaluator !== undefined));

/** A model's ONNX, whatever its file is. */
async function onnxOf(file: string): Promise<Uint8Array> {
  if (file.endsWith(".tar.gz")) {
    const { model } = await readArchive(fs.createReadStream(path.join(ROOT, file)), 2 ** 24);
    return typeof model === "string" ? fs.readFileSync(model) : model;
  }
  const bytes = fs.readFileSync(path.join(ROOT, file));
  const format = modelFormat(bytes);
  return format === "json" || format === "ubj" || format === "txt"
    ? encodeOnnxModel(treesToOnnx(bytes, format))
    : bytes;
}

async function compare(evaluated: Uint8Array, reference = evaluated): Promise<string | undefined> {
  const session = await createSession(reference);
  try {
    return await compareEvaluator(evaluated, session);
  } finally {
    await session.release();
  }
}

/** One split, `x < threshold`, and two leaves. */
function stump(threshold: number, leaf = 1, mode = "BRANCH_LT"): Buffer {
  return encodeOnnxModel({
    name: "stump",
    nodes: [
      {
        op: "TreeEnsembleRegressor",
        domain: "ai.onnx.ml",
        inputs: ["x"],
        outputs: ["y"],
        attributes: {
          n_targets: { int: 1 },
          nodes_treeids: { ints: [0, 0, 0] },
          nodes_nodeids: { ints: [0, 1, 2] },
          nodes_featureids: { ints: [1, 0, 0] },
          nodes_modes: { strings: [mode, "LEAF", "LEAF"] },
          nodes_values: { floats: [threshold, 0, 0] },
          nodes_truenodeids: { ints: [1, 0, 0] },
          nodes_falsenodeids: { ints: [2, 0, 0] },
          target_treeids: { ints: [0, 0] },
          target_nodeids: { ints: [1, 2] },
          target_ids: { ints: [0, 0] },
          target_weights: { floats: [leaf, 2] },
        },
      },
    ],
    inputs: [{ name: "x", type: "FLOAT", shape: ["N", 2] }],
    outputs: [{ name: "y", type: "FLOAT", shape: ["N", 1] }],
    opsets: { "": 15, "ai.onnx.ml": 3 },
  });
}

describe("compareEvaluator", () => {
  it("compares the evaluator that cards name", () => {
    assert.deepEqual(
      [...new Set(CARDS.map(({ evaluator }) => evaluator?.mark))],
      [undefined, EVALUATOR_MARK],
    );
  });

  for (const file of [
    // What cards say that the evaluator may serve.
    ...CARDS.flatMap(
      ({ name, evaluator }) => evaluator?.files.map((file) => `functions/${name}/model/${file}`) ?? [],
    ),
    ...filesOf("test/fixtures/linear-learner/multiclass", /gz$/),
    ...filesOf("test/fixtures/linear-learner/regressor", /gz$/),
    ...filesOf("test/fixtures/skl2onnx", /^(?!bagging|scaled).*\.onnx$/),
    ...filesOf("test/fixtures/trees/xgboost-3.2.0", /^(?!vector).*\.(json|ubj)$/),
    ...filesOf("test/fixtures/trees/lightgbm-4.7.0", /^(?!custom|linear).*\.txt$/),
  ]) {
    it(`finds that the evaluator and ONNX Runtime agree on ${file}`, async () => {
      assert.equal(await compare(await onnxOf(file)), undefined);
    });
  }

  for (const [what, reference, difference] of [
    ["a threshold one float32 step lower", stump(0.5 - 2 ** -25), /^its output "y" differs by 1$/],
    ["a threshold one float32 step higher", stump(0.5 + 2 ** -24), /^its output "y" differs by 1$/],
    ["another comparison", stump(0.5, 1, "BRANCH_LEQ"), /^its output "y" differs by 1$/],
    ["a leaf that differs by 0.00001", stump(0.5, 1.00001), /^its output "y" differs by 0\.0000\d+$|e-/],
  ] as const) {
    it(`sees ${what}`, async () => {
      assert.match(String(await compare(stump(0.5), reference)), difference);
    });
  }

  for (const [what, file, reason] of [
    ["an operator that it does not know", "skl2onnx/bagging.onnx", /^the operator ReduceMean$/],
    [
      "trees behind a scaler, whose thresholds it cannot reach",
      "skl2onnx/scaled-forest.onnx",
      /^the trees take what/,
    ],
  ] as const) {
    it(`leaves ${what} to ONNX Runtime`, async () => {
      const bytes = fs.readFileSync(path.join(FIXTURES, file));
      assert.match(String(await compare(bytes)), reason);
    });
  }

  it("leaves to ONNX Runtime what is not a model of trees, or not a model", async () => {
    const image = fs.readFileSync(path.join(ROOT, "functions/smoke-segmentation/model/model.onnx"));
    assert.match(String(await compare(image)), /rows of float32/);
    const session = await createSession(stump(0.5));
    assert.match(String(await compareEvaluator(Buffer.from("no model"), session)), /protobuf|graph|early/);
    await session.release();
  });
});
