import assert from "node:assert/strict";
import fs from "node:fs";
import path from "node:path";
import { Tensor } from "onnxruntime-node";
import { BrokenModel } from "../../../../functions/shared/modelStore/brokenModel";
import { encodeOnnxModel } from "../../../../functions/shared/onnxProto";
import { createSession } from "../../../../functions/shared/session";
import { modelFormat } from "../../../../functions/shared/trees/modelFormat";
import { treesToOnnx } from "../../../../functions/shared/trees/treesToOnnx";
import { readArray } from "../../../helpers/models/readArray";

const FIXTURES = process.env.TREES ?? path.resolve(__dirname, "../../../fixtures/trees");
const CURRENT = path.resolve(__dirname, "../../../fixtures/trees/xgboost-3.2.0");
const LIGHTGBM = path.resolve(__dirname, "../../../fixtures/trees/lightgbm-4.7.0");

function convert(model: Uint8Array): Buffer {
  const format = modelFormat(model);
  assert.ok(format === "json" || format === "ubj" || format === "txt", `${JSON.stringify(format)}`);
  return encodeOnnxModel(treesToOnnx(model, format));
}

/** Every output's values, row by row: labels, then probabilities. */
async function responsesOf(model: Buffer, rows: ReturnType<typeof readArray>) {
  const session = await createSession(model);
  assert.deepEqual(session.inputNames, ["input"]);
  const outputs = await session.run({ input: new Tensor("float32", rows.values, rows.shape) });
  const count = rows.shape[0] ?? 0;
  const columns = session.outputNames.map((name) => {
    const values = Array.from(outputs[name]?.data as ArrayLike<number | bigint>, Number);
    return { values, width: values.length / count };
  });
  await session.release();
  return {
    kind: session.outputNames.join() === "label,probabilities" ? "classes" : session.outputNames.join(),
    values: Array.from({ length: count }, (_, i) =>
      columns.flatMap(({ values, width }) => values.slice(i * width, (i + 1) * width)),
    ).flat(),
  };
}

describe("treesToOnnx", () => {
  const rows = readArray(fs.readFileSync(path.join(FIXTURES, "rows.npy")));
  for (const folder of fs.readdirSync(FIXTURES).filter((name) => /^(xgboost|lightgbm)-/.test(name))) {
    const at = (name: string) => path.join(FIXTURES, folder, name);
    const expectations = fs.readdirSync(at("")).filter((name) => /\.(classes|variable)\.npy$/.test(name));
    for (const name of expectations) {
      const [, stem, extension, kind] = /^(.*)-(\w+)\.(\w+)\.npy$/.exec(name) ?? [];

      it(`answers as ${folder} does for its ${stem}.${extension}`, async () => {
        const responses = await responsesOf(convert(fs.readFileSync(at(`${stem}.${extension}`))), rows);
        const expected = readArray(fs.readFileSync(at(name)));
        assert.equal(responses.kind, kind);
        assert.equal(responses.values.length, expected.values.length);
        const worst = responses.values.reduce((worst, value, i) => {
          const right = expected.values[i] ?? Number.NaN;
          return Math.max(worst, Math.abs(value - right) / Math.max(1, Math.abs(right)));
        }, 0);
        // A wrong label differs by 1.
        assert.ok(worst <= 1e-6, `differs by ${worst}`);
      });
    }
  }

  const rejections: [what: string, model: () => Buffer, reason: RegExp][] = [
    [
      "XGBoost's trees of several targets",
      () => fs.readFileSync(path.join(CURRENT, "vector-leaf.json")),
      /train with `multi_strategy="one_output_per_tree"`/,
    ],
    [
      "LightGBM's linear trees",
      () => fs.readFileSync(path.join(LIGHTGBM, "linear-tree.txt")),
      /train with `linear_tree=False`/,
    ],
    [
      "an objective of one's own",
      () => fs.readFileSync(path.join(LIGHTGBM, "custom.txt")),
      /objective "custom" is not supported.*write `objective=regression`/,
    ],
    [
      "an unknown objective",
      () =>
        edited((learner) => {
          learner.objective.name = "my:loss";
        }),
      /objective "my:loss" is not supported: train with one of binary:logistic/,
    ],
    [
      "an unknown booster",
      () =>
        edited((learner) => {
          learner.gradient_booster.name = "gbforest";
        }),
      /booster "gbforest" is not supported/,
    ],
    [
      "an intercept that is none",
      () =>
        edited((learner) => {
          learner.learner_model_param.base_score = "[a]";
        }),
      /`base_score`/,
    ],
    [
      "a billion classes",
      () =>
        edited((learner) => {
          learner.learner_model_param.num_class = "1000000000";
        }),
      /1000000000 classes or targets/,
    ],
    [
      "a tree that leads to a node twice",
      () =>
        edited((learner) => {
          firstTree(learner).right_children[1] = 2;
        }),
      /Tree 0 leads to node 2 twice/,
    ],
    [
      "a tree that leads out of itself",
      () =>
        edited((learner) => {
          firstTree(learner).left_children[0] = 99;
        }),
      /asks for node 99/,
    ],
    [
      "a feature that no row has",
      () =>
        edited((learner) => {
          firstTree(learner).split_indices[0] = 8;
        }),
      /Tree 0 asks for feature 8 of 8/,
    ],
    [
      "trees for a score that is not there",
      () =>
        edited((learner) => {
          learner.gradient_booster.model.tree_info[0] = 1;
        }),
      /Tree 0 of the XGBoost model is for score 1 of 1/,
    ],
    [
      "lists of other lengths",
      () =>
        edited((learner) => {
          firstTree(learner).default_left.pop();
        }),
      /`learner\.gradient_booster\.model\.trees\[0\]\.default_left` has \d+ elements/,
    ],
    [
      "JSON of something else",
      () => Buffer.from('{"model": 1}'),
      /not a model of XGBoost, which has a `learner`/,
    ],
    ["half of a JSON file", () => half("binary.json"), /JSON file is damaged/],
    ["half of a UBJSON file", () => half("binary.ubj"), /UBJSON file ends at byte \d+/],
    [
      "half of LightGBM's file",
      () => half("binary.txt", LIGHTGBM),
      /cut off: there is no line `end of trees`/,
    ],
  ];
  for (const [what, model, reason] of rejections) {
    it(`rejects ${what}`, () => {
      assert.throws(
        () => convert(model()),
        (error) => error instanceof BrokenModel && reason.test(error.message),
      );
    });
  }

  it("reads the bare NaN and Infinity that XGBoost writes", async () => {
    const text = fs.readFileSync(path.join(CURRENT, "binary.json"), "utf8");
    const bare = text
      .replace(/"loss_changes":\[[^,]*,/g, '"loss_changes":[-Infinity,')
      .replace('"binary:', ' "binary:');
    assert.notEqual(bare, text);
    assert.deepEqual(convert(Buffer.from(bare)), convert(Buffer.from(text)));
  });

  it("takes every tree where XGBoost's own interface wrote the model, and up to the best round where scikit-learn's did", () => {
    const all = edited((learner) => {
      delete learner.attributes.scikit_learn;
    }, "early-stopping.json");
    assert.ok(
      convert(all).length > convert(fs.readFileSync(path.join(CURRENT, "early-stopping.json"))).length,
    );
    const best = encodeOnnxModel(treesToOnnx(all, "json", { bestIteration: true }));
    assert.deepEqual(best, convert(fs.readFileSync(path.join(CURRENT, "early-stopping.json"))));
  });
});

describe("modelFormat", () => {
  const cases: [what: string, head: Buffer, cure: RegExp][] = [
    ["a pickle", Buffer.from("\x80\x04\x95R\x0e", "latin1"), /Booster\.save_model/],
    ["XGBoost's old binary format", Buffer.from("binf\0\0\0?"), /Booster\.save_model/],
    [
      "the older form of it",
      Buffer.concat([Buffer.alloc(136), Buffer.from("\x0f\0\0\0\0\0\0\0binary:logistic", "latin1")]),
      /Booster\.save_model/,
    ],
    ["PMML", Buffer.from('<?xml version="1.0"?>'), /convert the model to ONNX/],
    ["a zip file", Buffer.from("PK\x03\x04"), /convert its model to ONNX/],
  ];
  for (const [what, head, cure] of cases) {
    it(`rejects ${what} with its cure`, () => {
      const format = modelFormat(head);
      assert.ok(typeof format === "object" && cure.test(format.rejected));
    });
  }

  it("takes what it does not know for ONNX", () => {
    assert.equal(modelFormat(Buffer.from("\x08\x08\x12\x07paddock")), "onnx");
  });
});

/** The part of a model's file that the tests change. */
interface Learner {
  readonly objective: { name: string };
  readonly learner_model_param: { base_score: string; num_class: string };
  readonly attributes: { scikit_learn?: string };
  readonly gradient_booster: {
    name: string;
    readonly model: { readonly tree_info: number[]; readonly trees: readonly TreeFile[] };
  };
}

type TreeFile = Record<"left_children" | "right_children" | "split_indices" | "default_left", number[]>;

function edited(edit: (learner: Learner) => void, name = "binary.json"): Buffer {
  const file = JSON.parse(fs.readFileSync(path.join(CURRENT, name), "utf8"));
  edit(file.learner);
  return Buffer.from(JSON.stringify(file));
}

function firstTree(learner: Learner): TreeFile {
  const [tree] = learner.gradient_booster.model.trees;
  assert.ok(tree);
  return tree;
}

function half(name: string, folder = CURRENT): Buffer {
  const file = fs.readFileSync(path.join(folder, name));
  return file.subarray(0, file.length / 2);
}
