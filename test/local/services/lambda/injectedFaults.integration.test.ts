import assert from "node:assert/strict";
import fs from "node:fs";
import path from "node:path";
import type { AwsError } from "../../../../local/http/awsError";
import { temporaryFolder } from "../../../helpers/process/temporaryFolder";
import { type TemporaryLambda, temporaryLambda } from "../../../helpers/services/temporaryLambda";

const ACCESS_POINT = "arn:aws:elasticfilesystem:eu-west-1:123456789012:access-point/fsap-1";

/** Counts its calls in a file before it answers. */
const COUNTER = `
const fs = require("node:fs");
exports.handler = async ({ file }) => { fs.appendFileSync(file, "."); return "done"; };
`;
/** Calls `fs` by name, in its three styles, and says with which code each fails. */
const WRITER = `
const fs = require("node:fs");
const { writeFile } = require("node:fs/promises");
const codeOf = async (work) => { try { await work(); return "ok"; } catch ({ code, message }) { return code; } };
exports.handler = async () => {
  const root = process.env.ROOT;
  const at = (name) => root + "/" + name;
  const answer = {
    promises: await codeOf(() => writeFile(at("a"), "x")),
    sync: await codeOf(() => fs.writeFileSync(at("b"), "x")),
    callback: await codeOf(() => new Promise((resolve, reject) => fs.mkdir(at("c"), (error) => (error ? reject(error) : resolve())))),
    stream: await codeOf(() => new Promise((resolve, reject) => fs.createWriteStream(at("d")).on("error", reject).on("finish", resolve).end("x"))),
    rename: await codeOf(() => fs.promises.rename(at("kept"), at("moved"))),
    back: await codeOf(() => fs.promises.rename(at("moved"), at("kept"))),
    remove: await codeOf(() => fs.promises.rm(at("a"), { force: true })),
    read: await codeOf(() => fs.promises.readFile(at("kept"), "utf8")),
    elsewhere: await codeOf(() => writeFile(process.env.TMPDIR + "/a", "x")),
  };
  return answer;
};
`;

describe("A fault of Lambda that was asked for", () => {
  let fault: string | undefined;
  const faults = { delayMs: 0, happens: (kind: string) => kind === fault };
  const root = temporaryFolder();
  let lambda: TemporaryLambda;
  before(async () => {
    lambda = temporaryLambda({
      faults: { lambda: faults, volume: faults },
      fileSystems: { checkMount: () => undefined, folderOf: () => root },
    });
    await lambda.deploy("counter", COUNTER, { timeout: 30 });
    await lambda.deploy("impatient", COUNTER, { timeout: 1 });
    await lambda.deploy("writer", WRITER, {
      environment: { ROOT: "/mnt/models" },
      fileSystem: { arn: ACCESS_POINT, localMountPath: "/mnt/models", subnetIds: [] },
    });
  });
  beforeEach(() => {
    fault = undefined;
    for (const name of fs.readdirSync(root)) fs.rmSync(path.join(root, name), { recursive: true });
    fs.writeFileSync(path.join(root, "kept"), "kept");
  });
  after(() => lambda.close());

  const count = path.join(temporaryFolder(), "calls");
  const invoke = async (name = "counter") =>
    lambda.service.invoke(name, undefined, Buffer.from(JSON.stringify({ file: count })));
  const works = async () => assert.equal(String((await invoke()).payload), '"done"');

  it("throttles in Lambda's words, and runs nothing", async () => {
    fault = "throttle";
    await assert.rejects(invoke(), ({ code, status, message, details }: AwsError) => {
      assert.deepEqual(
        [code, status, message, details],
        ["TooManyRequestsException", 429, "Rate Exceeded.", { Reason: "ConcurrentInvocationLimitExceeded" }],
      );
      return true;
    });
    assert.equal(fs.existsSync(count), false);
    fault = undefined;
    await works();
  });

  for (const [kind, status, errorType, message] of [
    ["kill", "error", "Runtime.ExitError", /signal: killed$/],
    ["oom", "error", "Runtime.OutOfMemory", /signal: killed$/],
    ["hang", "timeout", "Sandbox.Timedout", /Task timed out after 1\.00 seconds$/],
  ] as const) {
    it(`ends a request by ${kind} once its work is done, for that request only`, async function () {
      if (kind === "oom" && process.platform !== "linux") this.skip();
      await works();
      const before = fs.readFileSync(count, "utf8").length;
      fault = kind;
      const { report, payload, functionError } = await invoke(kind === "hang" ? "impatient" : "counter");
      assert.deepEqual(
        [report.status, report.error?.errorType, functionError],
        [status, errorType, "Unhandled"],
      );
      assert.match(JSON.parse(String(payload)).errorMessage, message);
      assert.equal(fs.readFileSync(count, "utf8").length, before + 1);
      fault = undefined;
      await works();
    });
  }

  it("rejects a function whose volume is missing as Lambda does, and no other", async () => {
    fault = "missing";
    await assert.rejects(lambda.call("writer"), { code: "EFSMountFailureException", status: 403 });
    await works();
    fault = undefined;
    assert.equal(
      Object.values((await lambda.call("writer")) as object).every((code) => code === "ok"),
      true,
    );
  });

  it("lets a function read a volume that is read-only, and change nothing in it", async () => {
    assert.equal(
      Object.values((await lambda.call("writer")) as object).every((code) => code === "ok"),
      true,
    );
    fs.rmSync(path.join(root, "c"), { recursive: true });
    const before = fs.readdirSync(root);
    fault = "readonly";
    assert.deepEqual(await lambda.call("writer"), {
      promises: "EROFS",
      sync: "EROFS",
      callback: "EROFS",
      stream: "EROFS",
      rename: "EROFS",
      back: "EROFS",
      remove: "EROFS",
      read: "ok",
      elsewhere: "ok",
    });
    assert.deepEqual(fs.readdirSync(root), before);
    fault = undefined;
    assert.equal(
      Object.values((await lambda.call("writer")) as object).every((code) => code === "ok"),
      true,
    );
  });

  it("lets a function remove and rename on a volume that is full, and make nothing", async () => {
    fault = "full";
    assert.deepEqual(await lambda.call("writer"), {
      promises: "ENOSPC",
      sync: "ENOSPC",
      callback: "ENOSPC",
      stream: "ENOSPC",
      rename: "ok",
      back: "ok",
      remove: "ok",
      read: "ok",
      elsewhere: "ok",
    });
    assert.deepEqual(fs.readdirSync(root), ["kept"]);
  });
});
