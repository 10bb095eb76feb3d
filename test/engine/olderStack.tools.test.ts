import assert from "node:assert/strict";
import path from "node:path";
import { describeEngine } from "../helpers/engine/describeEngine";
import { TestEngine, TestStack } from "../helpers/engine/testEngine";
import { ProjectCopy } from "../helpers/program/projectCopy";

const OLDER_STACK = path.resolve(__dirname, "../fixtures/engine/older-stack.json");

/** Types of resources that hold data, or an address or a name that others know. */
const STATEFUL = [
  "AccessPoint",
  "Bucket",
  "FileSystem",
  "FunctionUrl",
  "Key",
  "LogGroup",
  "RestApi",
  "Stage",
];

describeEngine("a stack of the past", () => {
  const engine = new TestEngine();
  const project = new ProjectCopy();
  const stack = new TestStack(engine, project.folder, "local");

  it("previews without replacing or deleting anything stateful", async () => {
    stack.import(OLDER_STACK);
    const { ok, steps, errors } = await stack.preview();
    assert.deepEqual([ok, errors], [true, ""]);
    const lost = steps.filter((step) => {
      const [op = "", type = ""] = step.split(" ");
      return /replace|delete/.test(op) && STATEFUL.includes(type);
    });
    assert.deepEqual(lost, []);
  });

  it("would lose the logs of a function that is renamed without an alias", async () => {
    project.edit(
      "infra/inferenceFunction.ts",
      'super("paddock:index:InferenceFunction"',
      'super("paddock:index:Renamed"',
    );
    const { steps, errors } = await stack.preview();
    assert.deepEqual(
      [errors, steps.filter((step) => step.includes("LogGroup iris"))],
      ["", ["create LogGroup iris", "delete LogGroup iris"]],
    );
  });
});
