import assert from "node:assert/strict";
import fs from "node:fs";
import path from "node:path";
import { InferenceSession, Tensor } from "onnxruntime-node";
import { mendOnnx } from "../../../bin/lib/mendOnnx";
import { readOnnx } from "../../../functions/shared/onnx/readOnnx";
import { encodeOnnxModel, type OnnxAttribute } from "../../../functions/shared/onnxProto";

const FIXTURES = path.resolve(__dirname, "../../fixtures/onnx");
const fixture = (name: string) => fs.readFileSync(path.join(FIXTURES, `${name}.onnx`));

/** A classifier with a ZipMap; without ONNX's own operators, as CatBoost's models are. */
function catBoostModel(attributes: Record<string, OnnxAttribute>, classes: number): Buffer {
  return encodeOnnxModel({
    name: "zipmap",
    nodes: [
      { op: "Scaler", domain: "ai.onnx.ml", inputs: ["x"], outputs: ["scores"], attributes: SCALE(classes) },
      { op: "ZipMap", domain: "ai.onnx.ml", inputs: ["scores"], outputs: ["probabilities"], attributes },
    ],
    inputs: [{ name: "x", type: "FLOAT", shape: ["N", classes] }],
    outputs: [{ name: "probabilities", type: "FLOAT", shape: ["N"] }],
    opsets: { "ai.onnx.ml": 2 },
  });
}
const SCALE = (classes: number): Record<string, OnnxAttribute> => ({
  offset: { floats: Array(classes).fill(0) },
  scale: { floats: Array(classes).fill(0.5) },
});

/** A model that brings text to lower case, by a locale. */
function lowerModel(locale?: string): Buffer {
  const attributes: Record<string, OnnxAttribute> = { case_change_action: { string: "LOWER" } };
  if (locale !== undefined) attributes.locale = { string: locale };
  return encodeOnnxModel({
    name: "lower",
    nodes: [{ op: "StringNormalizer", inputs: ["x"], outputs: ["y"], attributes }],
    inputs: [{ name: "x", type: "STRING", shape: ["N"] }],
    outputs: [{ name: "y", type: "STRING", shape: ["N"] }],
  });
}

describe("mendOnnx", () => {
  it("leaves a model as it is that needs no mending", () => {
    for (const name of ["label-first", "no-shape", "exponential", "external/model"]) {
      const model = fixture(name);
      assert.deepEqual(mendOnnx(model), { model, changes: [] });
    }
  });

  it("makes a tensor of a ZipMap's probabilities, with the same numbers, and says what its columns are", async () => {
    const { model, changes } = mendOnnx(fixture("zipmap"));
    assert.deepEqual(changes, [
      'Cut its ZipMap away: "probabilities" is a tensor of [rows, 2], with the classes 0, 1 in this order.',
    ]);
    const mended = await InferenceSession.create(model);
    const original = await InferenceSession.create(fixture("label-first"));
    const x = new Tensor("float32", [0.1, 0.2, -0.3, 0.4], [2, 2]);
    const { label, probabilities } = await mended.run({ x });
    const { scores } = await original.run({ x });
    assert.deepEqual([probabilities?.dims, probabilities?.data], [[2, 2], scores?.data]);
    assert.equal(label?.dims.length, 1);
    assert.deepEqual(
      mended.outputMetadata.map(({ isTensor }) => isTensor),
      [true, true],
    );
  });

  it("brings ONNX's own operators to a model that has only those for machine learning", async () => {
    const named: Record<string, readonly [OnnxAttribute, string]> = {
      classlabels_strings: [{ strings: ["benign", "malignant"] }, "benign, malignant"],
      classlabels_int64s: [{ ints: [-1, 1] }, "-1, 1"],
    };
    for (const [attribute, [labels, shown]] of Object.entries(named)) {
      const { model, changes } = mendOnnx(catBoostModel({ [attribute]: labels }, 2));
      assert.equal(readOnnx(model).opset, 13);
      assert.ok(changes[0]?.includes(`with the classes ${shown} in this order`), changes[0]);
      const session = await InferenceSession.create(model);
      const { probabilities } = await session.run({ x: new Tensor("float32", [1, 3], [1, 2]) });
      assert.deepEqual([...(probabilities?.data ?? [])], [0.5, 1.5]);
    }
  });

  it("replaces locales that Lambda lacks, the operator's default too, and keeps what it has", async () => {
    for (const locale of [undefined, "en_US.UTF-8", "de_AT.UTF-8"]) {
      const { model, changes } = mendOnnx(lowerModel(locale));
      assert.deepEqual(changes, [
        `Replaced the locale ${locale ?? "en_US.UTF-8"} by C.UTF-8, which has the same upper and lower case.`,
      ]);
      const session = await InferenceSession.create(model);
      const { y } = await session.run({ x: new Tensor("string", ["HÖF ΣΑΣ"], [1]) });
      assert.equal(y?.data[0], "höf σασ");
    }
    for (const locale of ["C", "C.UTF-8", "tr_TR.UTF-8"]) {
      assert.deepEqual(mendOnnx(lowerModel(locale)).changes, []);
    }
  });
});
