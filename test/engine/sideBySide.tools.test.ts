import assert from "node:assert/strict";
import fs from "node:fs";
import path from "node:path";
import { describeEngine } from "../helpers/engine/describeEngine";
import { TestEngine, TestStack } from "../helpers/engine/testEngine";
import { TinyProgram } from "../helpers/engine/tinyProgram";

/** Names that the program gives itself: AWS takes a log group's once, and counts on with a layer's. */
const PROGRAM = (logs: string) => `
const layer = new aws.lambda.LayerVersion("layer", { layerName: "shared", code: functionArgs("opt").code });
const hello = new aws.lambda.Function("hello", { ...functionArgs("hello"), layers: [layer.arn] });
const target = { function: hello.name, principal: "*" };
new aws.lambda.Permission("url", { ...target, action: "lambda:InvokeFunctionUrl", functionUrlAuthType: "NONE" });
new aws.lambda.Permission("function", { ...target, action: "lambda:InvokeFunction", invokedViaFunctionUrl: true });
new aws.cloudwatch.LogGroup("logs", { name: ${logs} });
exports.url = new aws.lambda.FunctionUrl("hello", { functionName: hello.name, authorizationType: "NONE" }).functionUrl;
exports.layer = layer.arn;
`;

describeEngine("two stacks side by side", () => {
  const engine = new TestEngine();
  const program = new TinyProgram();
  const [one, two] = ["one", "two"].map((name) => new TestStack(engine, program.folder, name)) as [
    TestStack,
    TestStack,
  ];

  before(() => {
    const write = (file: string, text: string) => {
      fs.mkdirSync(path.dirname(path.join(program.folder, file)), { recursive: true });
      fs.writeFileSync(path.join(program.folder, file), text);
    };
    write("opt/nodejs/node_modules/word/index.js", 'module.exports = "from the layer";');
    write("hello/index.js", 'exports.handler = async () => ({ statusCode: 200, body: require("word") });');
  });

  it("are rejected a name that the program gives to both, at preview as at `up`", async () => {
    program.write(PROGRAM('"/tiny/logs"'));
    assert.equal((await one.up()).errors, "");
    const line = '`name` "/tiny/logs" exists already, as "logs" of tiny/one: choose another';
    for (const run of [await two.preview(), await two.up()]) {
      assert.equal(run.ok, false);
      assert.ok(run.errors.includes(line), run.errors);
    }
    assert.equal((await two.destroy()).errors, "");
    assert.deepEqual(await one.preview("--refresh", "--expect-no-changes"), {
      ok: true,
      steps: [],
      errors: "",
    });
  });

  it("have a version each of a layer with the same name and content", async () => {
    program.write(PROGRAM(`"/tiny/" + pulumi.getStack()`));
    assert.equal((await one.up()).errors, "");
    assert.equal((await two.up()).errors, "");
    const versions = [one, two].map((stack) => String(stack.outputs().layer).split(":").slice(-2).join(":"));
    assert.notEqual(versions[0], versions[1]);
    assert.deepEqual(
      versions.map((version) => version.split(":")[0]),
      ["shared", "shared"],
    );
  });

  it("are live again after a restart, and each is destroyed without the other", async () => {
    await engine.stop();
    await engine.start();
    assert.deepEqual([await response(one), await response(two)], ["from the layer", "from the layer"]);
    assert.equal((await one.destroy()).errors, "");
    assert.equal(await response(two), "from the layer");
    assert.equal((await two.destroy()).errors, "");
    assert.deepEqual(engine.live, []);
  });

  async function response(stack: TestStack): Promise<string> {
    return (await fetch(stack.outputs().url as string)).text();
  }
});
