import assert from "node:assert/strict";
import { describeEngine } from "../helpers/engine/describeEngine";
import { TestEngine, TestStack } from "../helpers/engine/testEngine";
import { TinyProgram } from "../helpers/engine/tinyProgram";

const HELLO = `
const hello = new aws.lambda.Function("hello", functionArgs("hello"));
const live = new aws.lambda.Alias("live", { name: "live", functionName: hello.name, functionVersion: hello.version });
const target = { function: hello.name, qualifier: live.name, principal: "*" };
new aws.lambda.Permission("url", { ...target, action: "lambda:InvokeFunctionUrl", functionUrlAuthType: "NONE" });
new aws.lambda.Permission("function", { ...target, action: "lambda:InvokeFunction", invokedViaFunctionUrl: true });
exports.url = new aws.lambda.FunctionUrl("hello", {
  functionName: hello.name, qualifier: live.name, authorizationType: "NONE",
}).functionUrl;
exports.version = hello.version;
exports.function = hello.name;
`;
const urnOf = (type: string, name: string) => `urn:pulumi:one::tiny::${type}::${name}`;
const LOGS = (retention: string, name = "/tiny/logs") =>
  `new aws.cloudwatch.LogGroup("logs", { name: "${name}", retentionInDays: ${retention} });`;

describeEngine("a function behind a URL", () => {
  const engine = new TestEngine();
  const program = new TinyProgram();
  const stack = new TestStack(engine, program.folder, "one");

  it("is made by `up`, and answers at the stack's output", async () => {
    program.writeFunction("hello", "one");
    program.write(HELLO);
    assert.deepEqual(await stack.up(), {
      ok: true,
      steps: [
        "create Alias live",
        "create Function hello",
        "create FunctionUrl hello",
        "create Permission function",
        "create Permission url",
        "create Role hello",
        "create Stack tiny-one",
      ],
      errors: "",
    });
    assert.equal(await response(), "one");
  });

  it("is left as it is by a second preview", async () => {
    assert.deepEqual(await stack.preview("--expect-no-changes"), { ok: true, steps: [], errors: "" });
  });

  it("is updated in place when its code changes, and what follows its version with it", async () => {
    program.writeFunction("hello", "two");
    const steps = ["update Alias live", "update Function hello"];
    assert.deepEqual(await stack.preview(), { ok: true, steps, errors: "" });
    assert.equal(await response(), "one");
    assert.deepEqual(await stack.up(), { ok: true, steps, errors: "" });
    assert.equal(await response(), "two");
    assert.equal(stack.outputs().version, "2");
  });

  it("is live again after a restart of the local cloud", async () => {
    await engine.stop();
    await engine.start();
    assert.equal(await response(), "two");
    assert.deepEqual(await stack.preview("--refresh", "--expect-no-changes"), {
      ok: true,
      steps: [],
      errors: "",
    });
  });

  it("keeps its resources when a failed update is mended", async () => {
    program.writeFunction("hello", "three");
    program.write(`${HELLO}
new aws.lambda.Invocation("broken", { functionName: hello.name, input: pulumi.interpolate\`\${hello.version} {\` });`);
    const failed = await stack.up();
    assert.equal(failed.ok, false);
    assert.match(failed.errors, /`input` must be JSON/);
    program.write(HELLO);
    // What the failure cut off, the alias perhaps, is made up for; nothing is made anew.
    const { ok, steps, errors } = await stack.up();
    const others = steps.filter((step) => !step.startsWith("update "));
    assert.deepEqual([ok, errors, others], [true, "", []]);
    assert.equal(await response(), "three");
  });

  it("is one of two stacks side by side, of which each has its own", async () => {
    const other = new TestStack(engine, program.folder, "two");
    assert.equal((await other.up()).ok, true);
    assert.notEqual(other.outputs().url, stack.outputs().url);
    assert.equal((await other.destroy()).ok, true);
    assert.equal(await response(), "three");
  });

  it("is made anew under another name by `--replace`, and all that goes by its name with it", async () => {
    const { function: name } = stack.outputs();
    const { ok, errors } = await stack.up("--replace", urnOf("aws:lambda/function:Function", "hello"));
    assert.deepEqual([ok, errors], [true, ""]);
    assert.notEqual(stack.outputs().function, name);
    assert.equal(await response(), "three");
    assert.deepEqual(await stack.preview("--refresh", "--expect-no-changes"), {
      ok: true,
      steps: [],
      errors: "",
    });
  });

  it("is replaced when it is renamed, and the new one is live before the old one goes", async () => {
    program.write(HELLO.replace('Function("hello"', 'Function("greeting"'));
    const { ok, steps, errors } = await stack.up();
    assert.deepEqual(
      [ok, errors, steps.filter((step) => step.includes(" Function "))],
      [true, "", ["create Function greeting", "delete Function hello"]],
    );
    assert.equal(await response(), "three");
  });

  it("leaves nothing after `destroy`", async () => {
    assert.equal((await stack.destroy()).ok, true);
    assert.deepEqual(engine.live, []);
  });

  async function response(): Promise<string> {
    return (await fetch(stack.outputs().url as string)).text();
  }
});

describeEngine("a named log group", () => {
  const engine = new TestEngine();
  const program = new TinyProgram();
  const stack = new TestStack(engine, program.folder, "one");

  it("is rejected at preview where AWS would reject it at deployment", async () => {
    program.write(LOGS("2"));
    const { ok, errors } = await stack.preview();
    assert.equal(ok, false);
    assert.match(errors, /`retentionInDays` is 2; CloudWatch takes 1, 3, 5/);
  });

  it("is rejected at preview with a property that the local cloud does not know", async () => {
    program.write(
      `new pulumi.CustomResource("aws:cloudwatch/logGroup:LogGroup", "logs", { colour: "red" });`,
    );
    assert.match(
      (await stack.preview()).errors,
      /'logs': property colour .* the local cloud does not know this property/,
    );
  });

  it("is rejected at preview where another stack has its name", async () => {
    program.write(LOGS("7"));
    assert.equal((await stack.up()).ok, true);
    const { errors } = await new TestStack(engine, program.folder, "two").preview();
    assert.match(errors, /`name` "\/tiny\/logs" exists already, as "logs" of tiny\/one/);
  });

  it("is replaced when its name changes, and updated when anything else does", async () => {
    program.write(LOGS("7", "/tiny/other"));
    assert.deepEqual((await stack.preview()).steps, [
      "create-replacement LogGroup logs",
      "delete-replaced LogGroup logs",
      "replace LogGroup logs",
    ]);
    program.write(LOGS("14"));
    assert.deepEqual((await stack.up()).steps, ["update LogGroup logs"]);
  });

  it("is deleted before it is replaced where the new one has the same name", async () => {
    program.write(LOGS('14, logGroupClass: "INFREQUENT_ACCESS"'));
    assert.equal((await stack.up()).ok, true);
    assert.deepEqual(engine.live, ["aws:cloudwatch/logGroup:LogGroup logs", "aws:iam/role:Role hello"]);
  });

  it("is not replaced at will by one of the same name, which would go with it", async () => {
    const live = engine.live;
    const { ok, errors } = await stack.up("--replace", urnOf("aws:cloudwatch/logGroup:LogGroup", "logs"));
    assert.equal(ok, false);
    assert.match(errors, /" exists already, and a replacement is made first/);
    assert.deepEqual(engine.live, live);
  });

  it("stays as it was under another logical name, with an alias", async () => {
    const renamed = (retention: number) =>
      LOGS(String(retention)).replace(
        /^new (.*?)\("logs", (.*)\);$/,
        'new $1("renamed", $2, { aliases: [{ name: "logs" }] });',
      );
    program.write(renamed(14).replace("14", '14, logGroupClass: "INFREQUENT_ACCESS"'));
    assert.deepEqual(await stack.up(), { ok: true, steps: [], errors: "" });
    program.write(renamed(30).replace("30", '30, logGroupClass: "INFREQUENT_ACCESS"'));
    assert.deepEqual((await stack.up()).steps, ["update LogGroup renamed"]);
    assert.deepEqual(engine.live, ["aws:cloudwatch/logGroup:LogGroup renamed", "aws:iam/role:Role hello"]);
    assert.equal((await stack.destroy()).errors, "");
    assert.deepEqual(engine.live, []);
    program.write(LOGS("14"));
  });

  it("is made by the `up` that follows an interrupted one", async () => {
    // On a slow machine it may be over before the signal comes.
    await stack.cutOff("create LogGroup logs", (pulumi) => pulumi.kill("SIGINT"));
    assert.equal((await stack.up()).ok, true);
    assert.deepEqual(engine.live, ["aws:cloudwatch/logGroup:LogGroup logs", "aws:iam/role:Role hello"]);
    assert.deepEqual((await stack.preview()).steps, []);
  });

  it("of a type that the local cloud does not know is rejected at preview by the type's name", async () => {
    program.write(`new aws.sqs.Queue("queue");`);
    const { errors } = await stack.preview();
    assert.match(errors, /The local cloud does not know the resource type aws:sqs\/queue:Queue \("queue"\)/);
  });
});
