import assert from "node:assert/strict";
import fs from "node:fs";
import path from "node:path";
import { objectStore } from "../../../functions/shared/objectStore";
import { callHttp, HTTP_FORMS } from "../../helpers/handlers/eventForms";
import { loadHandler } from "../../helpers/handlers/loadHandler";
import { useLocalS3 } from "../../helpers/services/useLocalS3";

const TREES = path.resolve(__dirname, "../../fixtures/trees");
const INPUT = { name: "input", datatype: "FP32", shape: [-1, 8] };
const CLASSES = {
  inputs: [INPUT],
  outputs: [
    { name: "label", datatype: "INT64", shape: [-1] },
    { name: "probabilities", datatype: "FP32", shape: [-1, 2] },
  ],
};
const VARIABLE = { inputs: [INPUT], outputs: [{ name: "variable", datatype: "FP32", shape: [-1, 1] }] };

describe("open-inference serves models of trees as they are", () => {
  useLocalS3();
  let handler: ReturnType<typeof loadHandler>;
  const put = (key: string, file: string) =>
    objectStore("bucket").put(key, fs.readFileSync(path.join(TREES, file)));

  async function call(within: string, body?: object): Promise<unknown> {
    const [form] = HTTP_FORMS;
    assert.ok(form);
    const method = body ? "POST" : "GET";
    const response = await callHttp(handler, form, "v2", {
      method,
      path: within,
      body: JSON.stringify(body),
    });
    return JSON.parse(response.body);
  }

  before(() => {
    handler = loadHandler("open-inference", { MODEL_BUCKET: "bucket", MODEL_CHECK_SECONDS: "0" });
  });

  for (const [name, file, key, signature] of [
    ["xgb-json", "xgboost-3.2.0/binary.json", "model.json", CLASSES],
    ["xgb-ubj", "xgboost-1.7.6/binary.ubj", "model.ubj", CLASSES],
    ["lgb", "lightgbm-4.7.0/regression.txt", "model.txt", VARIABLE],
    ["misnamed", "lightgbm-4.7.0/regression.txt", "model.onnx", VARIABLE],
  ] as const) {
    it(`describes and runs ${file} at models/${name}/1/${key}`, async () => {
      await put(`models/${name}/1/${key}`, file);
      const described = (await call(`/v2/models/${name}`)) as object;
      assert.deepEqual(described, {
        name,
        versions: ["1"],
        platform: "onnxruntime_onnx",
        ...signature,
      });
      const row = [0.5, 100, 1, 0.001, 0, 3, 1, 0];
      const inputs = [{ name: "input", datatype: "FP32", shape: [1, 8], data: row }];
      const { outputs } = (await call(`/v2/models/${name}/infer`, { inputs })) as {
        outputs: { name: string; shape: number[] }[];
      };
      assert.deepEqual(
        outputs.map(({ name, shape }) => [name, shape]),
        signature.outputs.map(({ name, shape }) => [name, [1, ...shape.slice(1)]]),
      );
    });
  }

  it("serves the ONNX of a version that has more files, whichever came first", async () => {
    await put("models/both/1/model.json", "xgboost-3.2.0/binary.json");
    await objectStore("bucket").put("models/both/1/model.onnx", Buffer.from("broken"));
    await put("models/both/1/model.txt", "lightgbm-4.7.0/regression.txt");
    assert.match(
      JSON.stringify(await call("/v2/models/both")),
      /"error":"The model models\/both\/1\/model\.onnx /,
    );
  });
});
