import assert from "node:assert/strict";
import fs from "node:fs";
import path from "node:path";
import { readCommands } from "../helpers/docs/readCommands";
import { normalize, patternOf, Terminals } from "../helpers/docs/terminals";
import { scaleModel } from "../helpers/models/scaleModel";
import { describeWith } from "../helpers/process/describeWith";
import { ProjectCopy } from "../helpers/program/projectCopy";

const ROOT = path.resolve(__dirname, "../..");
const PAGES = [
  "README.md",
  ...fs
    .readdirSync(path.join(ROOT, "docs"))
    .flatMap((name) => (name.endsWith(".md") ? [`docs/${name}`] : [])),
];

describeWith("bash", "the commands of README and docs", function () {
  this.timeout(600_000);
  // Before the folder goes, which its own hook deletes.
  after(() => terminals.close());
  const project = new ProjectCopy().folder;
  const terminals = new Terminals(project);
  before(() => {
    for (const name of ["bin", "local", "docs", "Pulumi.prod.yaml"]) {
      fs.symlinkSync(path.join(ROOT, name), path.join(project, name), "junction");
    }
    // Not the tests themselves: a test that a command writes would lie among them.
    for (const name of ["test/fixtures", "test/helpers", "test/run.ts", ".mocharc.json"]) {
      fs.cpSync(path.join(ROOT, name), path.join(project, name), { recursive: true });
    }
    writeUsersFiles(project);
  });

  for (const page of PAGES) {
    for (const { line, commands, notRun } of readCommands(path.join(ROOT, page))) {
      if (notRun !== undefined) continue;
      it(`${page}:${line} succeeds, and prints what is shown there`, async () => {
        for (const { text, shown } of commands) await terminals.run(page, text, shown);
      });
    }
  }

  it("have `npm start` print what is shown of it", () => {
    assert.ok(terminals.clouds.some(({ shown }) => shown.length > 0));
    for (const { shown, output } of terminals.clouds) {
      for (const text of shown) assert.match(normalize(output), patternOf(text));
    }
  });
});

/** Files that the commands read, and that a user would have. */
function writeUsersFiles(folder: string): void {
  for (const name of ["churn.onnx", "model.onnx"]) fs.writeFileSync(path.join(folder, name), scaleModel(2));
  for (const [from, to] of [
    ["test/fixtures/trees/xgboost-3.2.0/binary.ubj", "model.ubj"],
    ["test/fixtures/trees/rides/xgboost-model", "model.json"],
    ["test/fixtures/mlflow/xgboost", "mlruns/…/artifacts/model"],
    ["functions/pricing/model/breeds/arabian/model.tar.gz", "model.tar.gz"],
    ["test/fixtures/skl2onnx/forest-names.onnx", "wine.onnx"],
    ["test/fixtures/trees/xgboost-3.2.0/binary.ubj", "price.ubj"],
    ["test/fixtures/onnx/external/model.onnx", "large.onnx"],
    ["test/fixtures/onnx/external/model.onnx.data", "model.onnx.data"],
  ] as const) {
    fs.cpSync(path.join(ROOT, from), path.join(folder, to), { recursive: true });
  }
}
