import assert from "node:assert/strict";
import fs from "node:fs";
import path from "node:path";
import { CloudProcess } from "../helpers/cloud/cloudProcess";
import { describeEngine } from "../helpers/engine/describeEngine";
import { TestEngine, TestStack } from "../helpers/engine/testEngine";
import { TinyProgram } from "../helpers/engine/tinyProgram";
import { isAlive } from "../helpers/process/isAlive";
import { eventually } from "../helpers/time/eventually";

const PROGRAM = (retention: number) => `
const models = new aws.s3.Bucket("models", { forceDestroy: true });
const card = new aws.s3.BucketObjectv2("card", { bucket: models.bucket, key: "card.json", content: "{}" });
const layer = new aws.lambda.LayerVersion("layer", { layerName: "tiny-layer", code: functionArgs("hello").code });
new aws.cloudwatch.LogGroup("logs", { name: "/tiny/logs", retentionInDays: ${retention} });
const hello = new aws.lambda.Function("hello", { ...functionArgs("hello"), layers: [layer.arn] }, { dependsOn: [card] });
const live = new aws.lambda.Alias("live", { name: "live", functionName: hello.name, functionVersion: hello.version });
const target = { function: hello.name, qualifier: live.name, principal: "*" };
new aws.lambda.Permission("url", { ...target, action: "lambda:InvokeFunctionUrl", functionUrlAuthType: "NONE" });
new aws.lambda.Permission("function", { ...target, action: "lambda:InvokeFunction", invokedViaFunctionUrl: true });
const url = new aws.lambda.FunctionUrl("hello", {
  functionName: hello.name, qualifier: live.name, authorizationType: "NONE",
});
new aws.lambda.Invocation("warm", { functionName: hello.name, input: JSON.stringify({ gate: __dirname + "/gate" }) });
exports.url = url.functionUrl;
`;

const LIVE = [
  "aws:cloudwatch/logGroup:LogGroup logs",
  "aws:iam/role:Role hello",
  "aws:lambda/alias:Alias live",
  "aws:lambda/function:Function hello",
  "aws:lambda/functionUrl:FunctionUrl hello",
  "aws:lambda/invocation:Invocation warm",
  "aws:lambda/layerVersion:LayerVersion layer",
  "aws:lambda/permission:Permission function",
  "aws:lambda/permission:Permission url",
  "aws:s3/bucket:Bucket models",
  "aws:s3/bucketObjectv2:BucketObjectv2 card",
];

/** Answers with this text, or with its process' id; an invocation once the gate is open. */
function write(program: TinyProgram, response: string, gate: "open" | "shut" = "open"): void {
  program.writeFunction("hello", response);
  fs.writeFileSync(
    path.join(program.folder, "hello", "index.js"),
    `exports.handler = async (event) => {
  while (event.gate && !require("fs").existsSync(event.gate)) await new Promise((resolve) => setTimeout(resolve, 20));
  return { statusCode: 200, body: event.rawPath === "/pid" ? String(process.pid) : ${JSON.stringify(response)} };
};`,
  );
  const file = path.join(program.folder, "gate");
  if (gate === "open") fs.writeFileSync(file, "");
  else fs.rmSync(file, { force: true });
}

describeEngine("an engine that is killed", () => {
  const engine = new TestEngine();
  const program = new TinyProgram();
  const stack = new TestStack(engine, program.folder, "one");

  for (const type of [
    "aws:s3/bucket:Bucket",
    "aws:lambda/layerVersion:LayerVersion",
    "aws:lambda/function:Function",
    "aws:lambda/functionUrl:FunctionUrl",
  ]) {
    it(`while a ${type.split(":").pop()} is made leaves what the next \`up\` completes, and nothing beside it`, async () => {
      write(program, "one");
      program.write(PROGRAM(7));
      assert.equal((await stack.killed("up", type, "create")).ok, false);
      await complete("one");
      assert.equal((await stack.destroy()).errors, "");
      assert.deepEqual(engine.live, []);
    });
  }

  it("while a function is updated leaves what the next `up` completes", async () => {
    assert.equal((await stack.up()).errors, "");
    write(program, "two");
    program.write(PROGRAM(14));
    assert.equal((await stack.killed("up", "aws:lambda/function:Function", "create")).ok, false);
    await complete("two");
  });

  it("while it writes its state leaves one that the next `up` reads", async () => {
    const stacks = path.join(engine.dataDir, "state", ".pulumi", "stacks", "tiny");
    const written = fs.readdirSync(stacks).filter((file) => file.endsWith(".attrs"));
    assert.ok(written.includes("one.json.attrs"));
    for (const file of written) fs.truncateSync(path.join(stacks, file));
    await complete("two");
  });

  it("while a function is deleted leaves what the next `destroy` takes away", async () => {
    assert.equal((await stack.killed("destroy", "aws:lambda/function:Function", "delete")).ok, false);
    assert.equal((await stack.destroy()).errors, "");
    assert.deepEqual(engine.live, []);
  });

  async function complete(response: string): Promise<void> {
    assert.equal((await stack.up()).errors, "");
    assert.deepEqual(await stack.preview("--expect-no-changes"), { ok: true, steps: [], errors: "" });
    assert.deepEqual(engine.live, LIVE);
    assert.equal(await (await fetch(stack.outputs().url as string)).text(), response);
  }
});

describeEngine("a local cloud that is killed", () => {
  const program = new TinyProgram();
  const cloud = new CloudProcess(program.folder);
  const stack = new TestStack(cloud, program.folder, "one");

  for (const at of ["create Bucket models", "create Function hello", "create Invocation warm"]) {
    it(`at "${at}" is live again, and with it what the next \`up\` completes and nothing else`, async () => {
      write(program, "one", "shut");
      program.write(PROGRAM(7));
      let killed: Promise<void> | undefined;
      const cut = await stack.cutOff(at, () => {
        killed = cloud.end("SIGKILL");
      });
      assert.equal(cut.ok, false);
      await killed;
      write(program, "one", "open");
      await cloud.start();
      await complete("one");
      assert.equal((await stack.destroy()).errors, "");
      assert.deepEqual([cloud.live, buckets()], [[], []]);
    });
  }

  it("while nothing happens is live again as it was, and leaves no process behind", async () => {
    assert.equal((await stack.up()).errors, "");
    const url = stack.outputs().url as string;
    const pid = JSON.parse(await (await fetch(`${url}pid`)).text());
    await cloud.end("SIGKILL");
    await cloud.start();
    await complete("one");
    await eventually(() => assert.ok(!isAlive(pid), `process ${pid} goes on`));
  });

  async function complete(response: string): Promise<void> {
    assert.equal((await stack.up()).errors, "");
    assert.deepEqual(await stack.preview("--expect-no-changes"), { ok: true, steps: [], errors: "" });
    assert.deepEqual([cloud.live, buckets().length], [LIVE, 1]);
    assert.equal(await (await fetch(stack.outputs().url as string)).text(), response);
  }

  /** Lists what lies on the disk. */
  function buckets(): string[] {
    return fs.readdirSync(path.join(cloud.dataDir, "s3")).filter((name) => name.startsWith("models-"));
  }
});
