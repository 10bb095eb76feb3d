import assert from "node:assert/strict";
import fs from "node:fs";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { PutObjectCommand, S3Client } from "@aws-sdk/client-s3";
import { makeGinormousModel } from "../../../bin/makeGinormousModel";
import { LocalCloud } from "../../../local/localCloud";
import { freePorts } from "../../helpers/freePorts";
import { temporaryFolder } from "../../helpers/temporaryFolder";
import { volumeProject, writeCard } from "../../helpers/volumeProject";

interface Answer {
  readonly version: string;
  readonly y: number[];
  readonly pid: number;
  readonly mapped: string[] | undefined;
  readonly privateMib: number | undefined;
}

/** Sums of the first two columns of the model's weights, which are known exactly. */
function columns(inputs: number): number[] {
  const weight = (row: number, column: number) => (((row + column) % 251) - 125) / 128;
  return [0, 1].map((column) =>
    Array.from({ length: inputs }, (_, row) => weight(row, column)).reduce((sum, value) => sum + value, 0),
  );
}

const FIRST = { inputs: 512, outputs: 16_384 };
const SECOND = { inputs: 256, outputs: 16_384 };

describe("a volume that two functions share", function () {
  // Each start evaluates a program and packs it.
  this.timeout(180_000);

  const dataDir = temporaryFolder();
  let projectDir: string;
  let cloud: LocalCloud;
  let logs: string[];

  async function start(): Promise<void> {
    logs = [];
    cloud = await LocalCloud.start({
      projectDir,
      stack: "dev",
      dataDir,
      basePort: await freePorts(),
      onLog: ({ line }) => logs.push(line),
    });
  }

  /** Calls both functions, at once. */
  function answers(): Promise<Answer[]> {
    return Promise.all(
      [cloud.outputs.one, cloud.outputs.two].map(async (name) => {
        const url = `${cloud.outputs.lambdaEndpoint}/2015-03-31/functions/${name}/invocations?Qualifier=live`;
        return (await fetch(url, { method: "POST", body: "{}" })).json() as Promise<Answer>;
      }),
    );
  }

  /** Puts a model's files into the bucket, one after the other in the order given. */
  async function upload(folder: string, names: readonly string[]): Promise<void> {
    const s3 = new S3Client({
      endpoint: String(cloud.outputs.s3Endpoint),
      region: "eu-west-1",
      credentials: cloud.rootKey,
    });
    logs.length = 0;
    for (const name of names) {
      const Key = `volume/ginormous/${name}`;
      const Body = fs.readFileSync(path.join(folder, name));
      await s3.send(new PutObjectCommand({ Bucket: String(cloud.outputs.modelBucket), Key, Body }));
    }
    s3.destroy();
  }

  /** Waits for a line of the copying function's log. */
  async function logged(text: string): Promise<void> {
    for (const until = Date.now() + 30_000; !logs.some((line) => line.includes(text)); await sleep(50)) {
      if (Date.now() > until) throw new Error(`no log line with ${text}: ${logs.join("\n")}`);
    }
  }

  async function changedModel(shape: { inputs: number; outputs: number }): Promise<string> {
    const folder = temporaryFolder();
    await makeGinormousModel(folder, shape);
    writeCard(folder);
    return folder;
  }

  before(async () => {
    projectDir = await volumeProject(FIRST);
    await start();
  });
  after(() => cloud.close());

  it("serves both from the same files, mapped rather than copied", async () => {
    const [one, two] = (await answers()) as [Answer, Answer];
    assert.deepStrictEqual([one.y, two.y], [columns(FIRST.inputs), columns(FIRST.inputs)]);
    assert.notEqual(one.pid, two.pid);
    assert.deepStrictEqual(one.mapped, two.mapped);
    if (process.platform === "linux") assert.equal(one.mapped?.length, 1);
  });

  it("serves a model that is uploaded, in whatever order its files come, without a deployment", async () => {
    const folder = await changedModel(SECOND);
    await upload(folder, ["weights.bin", "card.json", "model.onnx"]);
    await logged('"status":"copied"');
    const served = await answers();
    assert.deepStrictEqual(
      served.map(({ y }) => y),
      [columns(SECOND.inputs), columns(SECOND.inputs)],
    );
  });

  it("goes on with the old model after an upload that is not what its card says", async () => {
    const before = await answers();
    const folder = await changedModel({ inputs: 128, outputs: 16_384 });
    fs.writeFileSync(path.join(folder, "weights.bin"), Buffer.alloc(128 * 16_384 * 4));
    await upload(folder, ["model.onnx", "weights.bin", "card.json"]);
    await logged("weights.bin has the SHA-256");
    const versions = (list: Answer[]) => list.map(({ version }) => version);
    assert.deepStrictEqual(versions(await answers()), versions(before));
  });

  it("is still full after a restart", async () => {
    const folder = await changedModel(SECOND);
    await upload(folder, ["weights.bin", "model.onnx", "card.json"]);
    await logged('"status":"unchanged"');
    await cloud.close();
    await start();
    assert.ok(logs.some((line) => line.includes('"status":"unchanged"')));
    const served = await answers();
    assert.deepStrictEqual(
      served.map(({ y }) => y),
      [columns(SECOND.inputs), columns(SECOND.inputs)],
    );
  });

  it("fails the deployment, in the function's words, where a model is not what its card says", async () => {
    await cloud.close();
    const card = path.join(projectDir, "model", "card.json");
    const text = fs.readFileSync(card, "utf8");
    fs.writeFileSync(card, text.replace(/"sha256":"[0-9a-f]{8}/, '"sha256":"00000000'));
    await assert.rejects(
      start(),
      /aws:lambda\/invocation:Invocation "ginormous-model-sync": the function model-sync-[0-9a-f]+ failed: ModelIncomplete: ginormous\/model\.onnx has the SHA-256 [0-9a-f]+; its card says 00000000[0-9a-f]+$/,
    );
    fs.writeFileSync(card, text);
    await start();
  });
});
