import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import fs from "node:fs";
import path from "node:path";
import { promisify } from "node:util";
import { type Declaration, declare, readStackConfig } from "@paddock/local/program";
import { bundleFunction } from "../../infra/packaging/bundleFunction";
import { PROJECT_ROOT } from "../../infra/packaging/paths";
import { temporaryFolder } from "../helpers/process/temporaryFolder";
import { find } from "../helpers/program/declareStack";
import { ProjectCopy } from "../helpers/program/projectCopy";

const FLOWER = { sl: 6.9, sw: 3.1, pl: 5.1, pw: 2.3 };

/** Asks iris' packaged handler in a process without ONNX Runtime's layer. */
async function askWithoutLayer(environment: Record<string, string>): Promise<unknown> {
  const folder = temporaryFolder();
  for (const [name, content] of Object.entries(
    bundleFunction(path.join(PROJECT_ROOT, "functions/iris")).files,
  )) {
    fs.writeFileSync(path.join(folder, name), content);
  }
  fs.mkdirSync(path.join(folder, "model"));
  fs.copyFileSync(
    path.join(PROJECT_ROOT, "functions/iris/model/model.onnx"),
    path.join(folder, "model/model.onnx"),
  );
  const script = `require("./index.js").handler(${JSON.stringify(FLOWER)}, { awsRequestId: "1" }).then((answer) => require("fs").writeFileSync("answer.json", JSON.stringify(answer)))`;
  await promisify(execFile)(process.execPath, ["-e", script], {
    cwd: folder,
    env: { MODEL_FILE: "model/model.onnx", ORT_DISABLE_TELEMETRY: "1", ...environment },
  });
  return JSON.parse(fs.readFileSync(path.join(folder, "answer.json"), "utf8"));
}

/** Evaluates the project with iris in JavaScript, and with two more endpoints, whose errors are an output. */
function evaluate() {
  const copy = new ProjectCopy();
  copy.edit(
    "index.ts",
    'new Endpoint("iris", { shared, model: { source: "bundle" } })',
    'new Endpoint("iris", { shared, model: { source: "bundle" }, evaluator: "javascript" })',
  );
  copy.edit(
    "index.ts",
    "export = stackOutputs(api, endpoints, shared);",
    `const errorOf = (name, source) => {
      try {
        new Endpoint(name, { shared, model: { source }, evaluator: "javascript" });
      } catch (error) {
        return error.message;
      }
    };
    export = { errors: [errorOf("smoke-segmentation", "bundle"), errorOf("image-validation", "volume")] };`,
  );
  return declare({
    stackConfig: readStackConfig(copy.folder, "dev", {}),
    place: { accountId: "123456789012", region: "us-east-1" },
  });
}

describe("An endpoint's evaluator", () => {
  let declaration: Declaration;
  before(async () => {
    declaration = await evaluate();
  });

  it("answers without ONNX Runtime's layer where it is JavaScript", async () => {
    assert.deepEqual(await askWithoutLayer({ MODEL_EVALUATOR: "javascript" }), {
      statusCode: 200,
      body: "virginica",
    });
    // The layer is what is missing, and is asked for, without it.
    assert.notEqual(((await askWithoutLayer({})) as { statusCode: number }).statusCode, 200);
  });

  it("is declared by an option, and then the function has no layer", () => {
    const inputs = (name: string) =>
      find(declaration, "aws:lambda/function:Function", name).inputs as {
        layers: unknown[];
        environment: { variables: Record<string, string> };
      };
    assert.deepEqual(inputs("iris").layers, []);
    assert.equal(inputs("iris").environment.variables.MODEL_EVALUATOR, "javascript");
    assert.equal(inputs("breast-cancer").layers.length, 1);
    assert.equal(inputs("breast-cancer").environment.variables.MODEL_EVALUATOR, undefined);
    const breed = find(
      declaration,
      "aws:s3/bucketObjectv2:BucketObjectv2",
      "pricing-breeds-arabian-model.tar.gz",
    );
    assert.deepEqual(breed.inputs.metadata, { evaluator: "1" });
  });

  it("is rejected for a model that was not compared with ONNX Runtime, and for one that is not bundled", () => {
    assert.deepEqual(declaration.outputs.errors, [
      'Endpoint "smoke-segmentation": `evaluator: "javascript"` needs a model that was compared with ONNX Runtime: run `npm run model -- compare smoke-segmentation`.',
      'Endpoint "image-validation": `evaluator: "javascript"` is for a model of the source `bundle`; models from S3 have it by themselves.',
    ]);
  });
});
