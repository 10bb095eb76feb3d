import assert from "node:assert/strict";
import fs from "node:fs";
import net from "node:net";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { freePorts } from "../../helpers/cloud/freePorts";
import { listProcesses } from "../../helpers/process/listProcesses";
import { runCommand } from "../../helpers/process/runCommand";
import { temporaryFolder } from "../../helpers/process/temporaryFolder";
import { ProjectCopy } from "../../helpers/program/projectCopy";
import { writeProject } from "../../helpers/program/writeProject";

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
    await command.printed(/iris-\w+ +200 +POST \/ .*init \d+ ms +billed \d+ ms/);

    const outputs = runCommand("bin/outputs.ts", ["--data", data], ROOT);
    assert.equal(await outputs.exit, 0);
    assert.equal(JSON.parse(outputs.output()).irisUrl, url);

    const children = listProcesses()
      .filter(({ parent }) => parent === command.process.pid)
      .map(({ pid }) => pid);
    assert.ok(children.length > 0, "no function's process was found");
    command.process.kill("SIGINT");
    assert.equal(await command.exit, 0);
    // esbuild's own process notices the end of ours a moment later.
    for (let tries = 0; tries < 100 && children.some(isAlive); tries++) await sleep(50);
    assert.deepEqual(children.filter(isAlive), []);

    const [, accessKeyId, secretAccessKey] =
      command
        .output()
        .match(/export AWS_ACCESS_KEY_ID=(\S+) AWS_SECRET_ACCESS_KEY=(\S+) AWS_SESSION_TOKEN=\n/) ?? [];
    assert.deepEqual(
      { accessKeyId, secretAccessKey },
      JSON.parse(fs.readFileSync(path.join(data, "iam", "root.json"), "utf8")),
    );

    const silent = runCommand("bin/outputs.ts", ["--data", data], ROOT);
    assert.equal(await silent.exit, 1);
    assert.equal(silent.output(), 'Nothing serves the stack "dev" here: start it with `npm start`.\n');
  });

  it("serves a changed handler to the next request", async () => {
    const project = new ProjectCopy().folder;
    const command = runCommand("local/cli/start.ts", ["--port", String(await freePorts())], project);
    await command.printed(/Serving the stack "dev"/);
    const [, url] = command.output().match(/irisUrl +(http:\S+\/)\n/) ?? [];
    const ask = async () =>
      (await fetch(String(url), { method: "POST", body: '{"sl":6.9,"sw":3.1,"pl":5.1,"pw":2.3}' })).text();
    assert.equal(await ask(), "virginica");
    const file = path.join(project, "functions/iris/index.ts");
    fs.writeFileSync(file, fs.readFileSync(file, "utf8").replace("body: species", 'body: "a unicorn"'));
    await command.printed(/functions\/iris\/index\.ts changed: iris/);
    assert.equal(await ask(), "a unicorn");
    command.process.kill("SIGTERM");
    assert.equal(await command.exit, 0);
  });

  const refusal = async (args: readonly string[], cwd: string) => {
    const command = runCommand("local/cli/start.ts", args, cwd);
    const code = await command.exit;
    return [code, command.output()];
  };
  /** A port of the test's own: a default port may be taken. */
  const port = async () => ["--port", String(await freePorts())];

  it("says in one line that a port is in use", async () => {
    const port = await freePorts();
    const server = net.createServer().listen(port, "127.0.0.1");
    try {
      const [code, output] = await refusal(["--port", String(port), "--data", temporaryFolder()], ROOT);
      assert.equal(code, 1);
      assert.match(String(output), new RegExp(`^[^\\n]*${port}[^\\n]*in use[^\\n]*\\n$`));
    } finally {
      server.close();
    }
  });

  it("says in one line why a program cannot be served", async () => {
    const project = writeProject('throw new Error("out of hay");');
    assert.deepEqual(await refusal(await port(), project), [1, "out of hay\n"]);
  });

  it("says in one line that a model is not the one its card describes", async () => {
    const project = new ProjectCopy().folder;
    fs.appendFileSync(path.join(project, "functions/iris/model/model.onnx"), "x");
    const [code, output] = await refusal(await port(), project);
    assert.equal(code, 1);
    assert.match(
      String(output),
      /^functions\/iris\/model\/model\.onnx is not the model its card\.json describes \(its sha256 is \w{64}\): run its training script again, or correct the card\.\n$/,
    );
  });

  it("names a wrong setting and what is allowed", async () => {
    const project = new ProjectCopy().folder;
    fs.appendFileSync(path.join(project, "Pulumi.dev.yaml"), "  paddock:memorySize: 64\n");
    assert.deepEqual(await refusal(await port(), project), [
      1,
      'Setting `paddock:memorySize` is "64"; it must be a whole number from 128 to 3008. Change it with `pulumi config set` or in Pulumi.dev.yaml.\n',
    ]);
  });

  it("refuses flags it does not know or cannot read", async () => {
    const [code, output] = await refusal(["--port", "high"], ROOT);
    assert.deepEqual([code, output], [2, '--port must be a whole number from 1 to 65000, is "high".\n']);
  });
});

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
