import assert from "node:assert/strict";
import fs from "node:fs";
import path from "node:path";
import { bundleFunction } from "../../../../infra/packaging/bundleFunction";
import { writeArchive } from "../../../../infra/packaging/writeArchive";
import { requestLine } from "../../../../local/cli/requestLine";
import type { InvocationReport } from "../../../../local/services/lambda/invocation";
import { temporaryFolder } from "../../../helpers/process/temporaryFolder";
import { type TemporaryLambda, temporaryLambda } from "../../../helpers/services/temporaryLambda";

const SOURCE = `interface Event { readonly fail?: string; readonly log?: string }
// A comment that no bundle keeps.
export const handler = async ({ fail, log }: Event) => {
  if (log) process.stdout.write(JSON.stringify({ level: "error", error: { stack: new Error(log).stack } }) + "\\n");
  if (fail) throw new RangeError(fail);
  return "fine";
};
`;

describe("A function that fails", () => {
  const folder = temporaryFolder();
  const source = path.join(folder, "index.ts");
  const made: string[] = [];
  let lambda: TemporaryLambda;
  before(() => {
    lambda = temporaryLambda();
  });
  after(async () => {
    await lambda.close();
    for (const file of made) fs.rmSync(file, { recursive: true, force: true });
  });

  async function deploy(functionName: string, text: string): Promise<void> {
    fs.writeFileSync(source, text);
    const { files, maps } = bundleFunction(folder);
    const { path: archive } = writeArchive(functionName, files, maps);
    made.push(archive, archive.replace(/\.zip$/, ".maps"));
    await lambda.deploy(functionName, "", { code: { archive } });
  }

  async function invoke(functionName: string, event: object): Promise<InvocationReport> {
    const payload = Buffer.from(JSON.stringify(event));
    return (await lambda.service.invoke(functionName, undefined, payload)).report;
  }

  const linesBelow = (invocation: InvocationReport) =>
    requestLine({ via: "invoke", method: "POST", path: "/", status: 200, durationMs: 1, invocation })
      .split("\n")
      .slice(1);

  it("shows the exception with the line of TypeScript below its request's line", async () => {
    await deploy("mapped", SOURCE);
    assert.deepEqual(linesBelow(await invoke("mapped", { fail: "no" })), [
      "    RangeError: no",
      `        at handler (${source}:5:19)`,
    ]);
  });

  it("shows what it logged as an error where it answers all the same", async () => {
    await deploy("mapped", SOURCE);
    const [message, frame] = linesBelow(await invoke("mapped", { log: "caught" }));
    assert.equal(message, "    Error: caught");
    assert.match(String(frame), new RegExp(`^ {8}at handler \\(${source}:4:\\d+\\)$`));
    assert.deepEqual(linesBelow(await invoke("mapped", {})), []);
  });

  it("shows why it could not be loaded, and which export is missing", async () => {
    await deploy("unloadable", "const held: string[] = [];\nthrow new Error('at load ' + held.length);\n");
    await deploy("exportless", "// Mistyped.\nexport const handle = async () => 1;\n");
    const [message, frame] = linesBelow(await invoke("unloadable", {}));
    assert.deepEqual([message, String(frame).includes(`${source}:2:`)], ["    Error: at load 0", true]);
    assert.deepEqual(linesBelow(await invoke("exportless", {})), [
      "    Runtime.HandlerNotFound: index.handler is undefined or not exported",
      `        at ${source}:2`,
      "    Export it: `export const handler = …`.",
    ]);
  });

  it("is deployed without its source map, which only the unpacked copy names", async () => {
    await deploy("mapped", SOURCE);
    const { configuration, taskRoot } = lambda.service.getFunction("mapped");
    assert.ok("archive" in configuration.code);
    assert.doesNotMatch(
      fs.readFileSync(configuration.code.archive, "latin1"),
      /index\.js\.map|sourceMappingURL/,
    );
    assert.match(
      fs.readFileSync(path.join(taskRoot, "index.js"), "utf8"),
      /\n\/\/# sourceMappingURL=\S+index\.js\.map\n$/,
    );
  });
});

describe("A function that a debugger is for", () => {
  it("waits at a breakpoint as long as it takes, in one instance", async () => {
    const lambda = temporaryLambda({ inspect: { functionName: "slow", address: "127.0.0.1:0" } });
    try {
      const wait =
        "exports.handler = async (event, context) => { await new Promise((r) => setTimeout(r, 1500)); return [process.pid, context.getRemainingTimeInMillis() > 0] }";
      await lambda.deploy("slow-0123abc", wait, { timeout: 1 });
      await lambda.deploy("other", "exports.handler = async () => process.execArgv.join()");
      const [first, second] = await Promise.all([lambda.call("slow-0123abc"), lambda.call("slow-0123abc")]);
      assert.ok(Array.isArray(first) && typeof first[0] === "number" && first[1] === true, String(first));
      assert.deepEqual(second, first);
      assert.ok(lambda.log.some(({ line }) => line.startsWith("Debugger listening on ws://127.0.0.1:")));
      assert.doesNotMatch(String(await lambda.call("other")), /inspect/);
    } finally {
      await lambda.close();
    }
  });
});
