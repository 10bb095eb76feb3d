import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import fs from "node:fs";
import net from "node:net";
import path from "node:path";
import { freePorts } from "../../helpers/cloud/freePorts";
import { isAlive } from "../../helpers/process/isAlive";
import { listProcesses } from "../../helpers/process/listProcesses";
import { runCommand } from "../../helpers/process/runCommand";
import { temporaryFolder } from "../../helpers/process/temporaryFolder";
import { ProjectCopy } from "../../helpers/program/projectCopy";
import { writeProject } from "../../helpers/program/writeProject";
import { zipFunction } from "../../helpers/services/zipFunction";
import { eventually } from "../../helpers/time/eventually";

const ROOT = path.resolve(__dirname, "../../..");

describe("npm start", () => {
  it("prints the endpoints with a ready curl each, a line per request, and leaves no process behind", async () => {
    const [port, data] = [await freePorts(), temporaryFolder()];
    const command = runCommand("local/cli/start.ts", ["--port", String(port), "--data", data], ROOT);
    await command.printed(/Serving the stack "dev"/);
    const [, url] = command.output().match(/irisUrl +(http:\S+\/)\n/) ?? [];
    assert.ok(url, command.output());
    const [, body, address] = command.output().match(/curl -d '(\{"sl".*\})' (\S+)/) ?? [];
    assert.equal(await (await fetch(String(address), { method: "POST", body })).text(), "virginica");
    await command.printed(/\d\d:\d\d:\d\d 200 POST \/ +iris +\d+ ms +\d+ MB init \d+\n/);

    const logs = runCommand("bin/logs.ts", ["iris", "--lines", "1", "--data", data], ROOT);
    assert.equal(await logs.exit, 0);
    assert.match(logs.output(), /^\d\d:\d\d:\d\d REPORT RequestId: \S+\tDuration: .*\n$/);
    const mistyped = runCommand("bin/logs.ts", ["irs", "--data", data], ROOT);
    assert.equal(await mistyped.exit, 1);
    assert.match(
      mistyped.output(),
      /^There is no function "irs" here \(did you mean "iris"\?\): iris, .*\.\n$/,
    );

    const outputs = runCommand("bin/outputs.ts", ["--data", data], ROOT);
    assert.equal(await outputs.exit, 0);
    const { irisUrl, endpoint, region, functionNames } = JSON.parse(outputs.output());
    assert.equal(irisUrl, url);
    assert.deepEqual([endpoint, region], [`http://127.0.0.1:${port + 4}`, "us-east-1"]);
    assert.match(functionNames.iris, /^iris-\w+$/);
    assert.doesNotMatch(outputs.output(), /[A-Za-z0-9+/]{100}/);

    const environment = runCommand("bin/env.ts", ["--data", data], ROOT);
    assert.equal(await environment.exit, 0);
    for (const line of environment.output().trim().split("\n")) {
      assert.ok(command.output().includes(`  ${line}\n`), line);
    }
    assert.ok(command.output().includes(`eval "$(npm run -s env -- --data ${data})"`));

    const children = listProcesses()
      .filter(({ parent }) => parent === command.process.pid)
      .map(({ pid }) => pid);
    assert.ok(children.length > 0, "no function's process was found");
    const follow = runCommand("bin/logs.ts", ["iris", "--follow", "--data", data], ROOT);
    await follow.printed(/REPORT/);
    await fetch(String(address), { method: "POST", body });
    await follow.printed(/REPORT[\s\S]*REPORT/);
    const stop = runCommand("bin/stop.ts", ["--data", data], ROOT);
    assert.equal(await stop.exit, 0);
    assert.equal(
      stop.output(),
      `The local cloud of the stack "dev" (process ${command.process.pid}) has ended.\n`,
    );
    assert.equal(await command.exit, 0);
    assert.equal(await follow.exit, 0);
    assert.match(follow.output(), /The local cloud \(process \d+\) has ended\.\n$/);
    // esbuild's own process notices the end of ours a moment later.
    await eventually(() => assert.deepEqual(children.filter(isAlive), []));

    const [, accessKeyId, secretAccessKey] =
      command.output().match(/export AWS_ACCESS_KEY_ID=(\S+) AWS_SECRET_ACCESS_KEY=(\S+) /) ?? [];
    assert.deepEqual(
      { accessKeyId, secretAccessKey },
      JSON.parse(fs.readFileSync(path.join(data, "iam", "root.json"), "utf8")),
    );

    const silent = runCommand("bin/outputs.ts", ["--data", data], ROOT);
    assert.equal(await silent.exit, 1);
    assert.equal(silent.output(), 'Nothing serves the stack "dev" here: start it with `npm start`.\n');
    const logless = runCommand("bin/logs.ts", ["iris", "--data", data], ROOT);
    assert.equal(await logless.exit, 1);
    assert.equal(logless.output(), 'Nothing serves the stack "dev" here: start it with `npm start`.\n');
  });

  it("serves a changed handler to the next request", async () => {
    const project = new ProjectCopy().keepEndpoints("iris").folder;
    const command = runCommand("local/cli/start.ts", ["--port", String(await freePorts())], project);
    await command.printed(/Serving the stack "dev"/);
    const [, url] = command.output().match(/irisUrl +(http:\S+\/)\n/) ?? [];
    const ask = async () =>
      (await fetch(String(url), { method: "POST", body: '{"sl":6.9,"sw":3.1,"pl":5.1,"pw":2.3}' })).text();
    assert.equal(await ask(), "virginica");
    const file = path.join(project, "functions/iris/index.ts");
    const source = fs.readFileSync(file, "utf8");
    const changed = source.replace(/body: await predictSpecies\(.*\)/, 'body: "a unicorn"');
    assert.notEqual(changed, source);
    fs.writeFileSync(file, changed);
    await command.printed(/functions\/iris\/index\.ts changed: iris/);
    assert.equal(await ask(), "a unicorn");

    const works = fs.readFileSync(file, "utf8");
    fs.writeFileSync(file, `${works}const x = ;\n`);
    await command.printed(
      /index\.ts changed and cannot be served; the old code goes on\n +functions\/iris\/index\.ts:\d+:\d+: ERROR: /,
    );
    assert.equal(await ask(), "a unicorn");
    await command.printed(
      /200 POST .*\n {4}old code: the saved functions\/iris\/index\.ts cannot be served\n/,
    );
    fs.writeFileSync(file, works);
    await command.printed(/functions\/iris\/index\.ts changed: served as before\n/);

    fs.cpSync(path.join(project, "functions/iris"), path.join(project, "functions/lily"), {
      recursive: true,
    });
    const card = path.join(project, "functions/lily/model/card.json");
    fs.writeFileSync(card, fs.readFileSync(card, "utf8").replace('"name": "iris"', '"name": "lily"'));
    const program = path.join(project, "index.ts");
    const declared = fs.readFileSync(program, "utf8");
    fs.writeFileSync(
      program,
      declared.replace(/new Endpoint\("iris", .*\),?\n/, (line) => line + line.replace("iris", "lily")),
    );
    await command.printed(/lily is new:\n +curl -d '\{"sl".*' http:\/\/\S+\n/);
    command.process.kill("SIGTERM");
    assert.equal(await command.exit, 0);
  });

  it("ends with npm, also where only npm gets SIGTERM", async () => {
    const data = temporaryFolder();
    const args = ["start", "--", "--port", String(await freePorts()), "--data", data];
    const { scripts } = JSON.parse(fs.readFileSync(path.join(ROOT, "package.json"), "utf8"));
    const start = scripts.start.replace("local/", () => `${ROOT}/local/`);
    const project = writeProject("", { "package.json": JSON.stringify({ scripts: { start } }) });
    const npm = spawn("npm", args, { cwd: project, stdio: ["ignore", "pipe", "inherit"] });
    let output = "";
    npm.stdout.setEncoding("utf8").on("data", (text) => (output += text));
    await eventually(() => assert.match(output, /Serving the stack/));
    const { pid } = JSON.parse(fs.readFileSync(path.join(data, "running.json"), "utf8"));
    npm.kill("SIGTERM");
    await eventually(() => assert.ok(!isAlive(pid), `process ${pid} goes on`));
    assert.ok(!fs.existsSync(path.join(data, "running.json")));
  });

  const rejection = async (args: readonly string[], cwd: string) => {
    const command = runCommand("local/cli/start.ts", args, cwd);
    const code = await command.exit;
    // The steps that took time.
    return [code, command.output().replace(/^ *\d+\.\d s {2}.*\n/gm, "")];
  };
  /** A port of the test's own: a default port may be taken. */
  const port = async () => ["--port", String(await freePorts())];

  it("says in one line that a port is in use", async () => {
    const port = await freePorts();
    const pagePort = port + 5;
    const server = net.createServer().listen(pagePort, "127.0.0.1");
    try {
      const [code, output] = await rejection(["--port", String(port)], writeProject(""));
      assert.equal(code, 1);
      assert.match(String(output), new RegExp(`^[^\\n]*${pagePort}[^\\n]*in use[^\\n]*\\n$`));
    } finally {
      server.close();
    }
  });

  it("says in one line why a program cannot be served, and nothing of what a program has left that threw", async () => {
    const project = writeProject(`import * as aws from "@pulumi/aws";
new aws.s3.Bucket("b", { bucket: aws.getRegionOutput().apply(() => "b") });
throw new Error("out of hay");`);
    assert.deepEqual(await rejection(await port(), project), [1, "out of hay\n"]);
  });

  it("says in one line that a model is not the one its card describes", async () => {
    const project = new ProjectCopy().folder;
    fs.appendFileSync(path.join(project, "functions/iris/model/model.onnx"), "x");
    const [code, output] = await rejection(await port(), project);
    assert.equal(code, 1);
    assert.match(
      String(output),
      /^functions\/iris\/model\/model\.onnx is not the model its card\.json describes \(its sha256 is \w{64}\): run its training script again, or correct the card\.\n$/,
    );
  });

  it("names a wrong setting and what is allowed", async () => {
    const project = new ProjectCopy().folder;
    fs.appendFileSync(path.join(project, "Pulumi.dev.yaml"), "  paddock:memorySize: 64\n");
    assert.deepEqual(await rejection(await port(), project), [
      1,
      'Setting `paddock:memorySize` is "64"; it must be a whole number from 128 to 3008. Change it with `pulumi config set` or in Pulumi.dev.yaml.\n',
    ]);
  });

  it("names the line where the program itself has a mistake", async () => {
    const project = writeProject(
      "const names: string[] = [];\n\nexport const size = (names[0] as string).length;",
    );
    assert.deepEqual(await rejection(await port(), project), [
      1,
      "Cannot read properties of undefined (reading 'length') (index.ts:3)\n",
    ]);
  });

  it("tells a stack that does not exist from one that does not run", async () => {
    const outputs = async (stack: string) => {
      const command = runCommand(
        "bin/outputs.ts",
        ["--stack", stack],
        writeProject("", { "Pulumi.prod.yaml": "" }),
      );
      return [await command.exit, command.output()];
    };
    const [code, output] = await outputs("prdo");
    assert.equal(code, 1);
    assert.match(
      String(output),
      /^There is no stack "prdo" \(did you mean "prod"\?\): .* there are dev, prod\.\n$/,
    );
    assert.deepEqual(await outputs("prod"), [
      1,
      'Nothing serves the stack "prod" here: start it with `npm start -- --stack prod`.\n',
    ]);
  });

  it("names the nearest function where it has none to inspect", async () => {
    const project = writeProject(`import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
const role = "arn:aws:iam::123456789012:role/r";
const code = new pulumi.asset.FileArchive(__dirname + "/iris.zip");
new aws.lambda.Function("iris", { role, code, runtime: "nodejs22.x", handler: "index.handler" });`);
    await zipFunction(path.join(project, "iris.zip"), { "index.js": "" });
    const [code, output] = await rejection([...(await port()), "--inspect", "irsi"], project);
    assert.equal(code, 1);
    assert.match(String(output), /^There is no function "irsi" to inspect \(did you mean "iris"\?\): .*\n$/);
  });

  it("rejects flags it does not know or cannot read", async () => {
    const [code, output] = await rejection(["--port", "high"], ROOT);
    assert.deepEqual([code, output], [2, '--port must be a whole number from 1024 to 65000, is "high".\n']);
    assert.deepEqual(await rejection(["--access-key", "secret"], ROOT), [
      2,
      "--access-key must be like minio:secret, the name of letters, digits and _.\n",
    ]);
  });
});
