import assert from "node:assert/strict";
import fs from "node:fs";
import path from "node:path";
import { GetObjectCommand, ListObjectsV2Command, PutObjectCommand, S3Client } from "@aws-sdk/client-s3";
import { makeGinormousModel } from "../../../../bin/makeGinormousModel";
import { LocalCloud } from "../../../../local/cli/localCloud";
import { freePorts } from "../../../helpers/cloud/freePorts";
import { signedFetch } from "../../../helpers/http/signedFetch";
import { temporaryFolder } from "../../../helpers/process/temporaryFolder";
import { volumeProject, writeCard } from "../../../helpers/program/volumeProject";
import { eventually } from "../../../helpers/time/eventually";

interface Response {
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

const FIRST = { inputs: 512, outputs: 2048 };
const SECOND = { inputs: 256, outputs: 2048 };
const THIRD = { inputs: 384, outputs: 2048 };
const FOURTH = { inputs: 320, outputs: 2048 };
const FIFTH = { inputs: 448, outputs: 2048 };

/** The record that Lambda keeps of an event, and its place. */
interface Failure {
  readonly key: string;
  readonly record: {
    readonly requestContext: Record<string, unknown>;
    readonly requestPayload: { readonly Records: { s3: { object: { key: string } } }[] };
    readonly responseContext: Record<string, unknown>;
    readonly responsePayload: { readonly errorType: string; readonly errorMessage: string };
  };
}

describe("a volume that two functions share", () => {
  // Each start evaluates a program and packs it.

  const dataDir = temporaryFolder();
  let projectDir: string;
  let cloud: LocalCloud;
  let logs: string[];

  let fault: string | undefined;
  const faults = {
    suspend: () => undefined,
    resume: () => undefined,
    of: (service: string) =>
      service === "volume" ? { delayMs: 0, happens: (kind: string) => kind === fault } : undefined,
  };

  async function start(): Promise<void> {
    logs = [];
    cloud = await LocalCloud.start({
      projectDir,
      stack: "dev",
      dataDir,
      basePort: await freePorts(),
      faults,
      onLog: ({ line }) => logs.push(line),
    });
  }

  const signing = () => ({ credentials: cloud.rootKey, service: "lambda", region: "eu-west-1" }) as const;

  /** Calls both functions, at once. */
  function responses(): Promise<Response[]> {
    return Promise.all(
      [cloud.outputs.one, cloud.outputs.two].map(async (name) => {
        const url = `${cloud.outputs.lambdaEndpoint}/2015-03-31/functions/${name}/invocations?Qualifier=live`;
        return (await signedFetch(url, "{}", signing())).json() as Promise<Response>;
      }),
    );
  }

  async function withS3<T>(use: (s3: S3Client) => Promise<T>): Promise<T> {
    const endpoint = String(cloud.outputs.s3Endpoint);
    const s3 = new S3Client({ endpoint, region: "eu-west-1", credentials: cloud.rootKey });
    try {
      return await use(s3);
    } finally {
      s3.destroy();
    }
  }

  /** Puts a model's files into the bucket, one after the other in the order given. */
  async function upload(folder: string, names: readonly string[]): Promise<void> {
    logs.length = 0;
    await withS3(async (s3) => {
      for (const name of names) {
        const Key = `volume/ginormous/${name}`;
        const Body = fs.readFileSync(path.join(folder, name));
        await s3.send(new PutObjectCommand({ Bucket: String(cloud.outputs.modelBucket), Key, Body }));
      }
    });
  }

  /** Waits for the first event that Lambda gave up on. */
  function failure(): Promise<Failure> {
    const Bucket = String(cloud.outputs.failureBucket);
    return withS3(async (s3) => {
      const Contents = await eventually(async () => {
        const { Contents = [] } = await s3.send(new ListObjectsV2Command({ Bucket }));
        assert.ok(Contents.length > 0, `no event was given up on: ${logs.join("\n")}`);
        return Contents;
      });
      assert.equal(Contents.length, 1);
      const key = String(Contents[0]?.Key);
      const { Body } = await s3.send(new GetObjectCommand({ Bucket, Key: key }));
      return { key, record: JSON.parse((await Body?.transformToString()) ?? "") };
    });
  }

  /** Waits for a line of the copying function's log. */
  async function logged(text: string): Promise<void> {
    await eventually(() =>
      assert.ok(
        logs.some((line) => line.includes(text)),
        `no log line with ${text}: ${logs.join("\n")}`,
      ),
    );
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
    const [one, two] = (await responses()) as [Response, Response];
    assert.deepEqual([one.y, two.y], [columns(FIRST.inputs), columns(FIRST.inputs)]);
    assert.notEqual(one.pid, two.pid);
    assert.deepEqual(one.mapped, two.mapped);
    if (process.platform === "linux") assert.equal(one.mapped?.length, 1);
  });

  it("serves a model that is uploaded, in whatever order its files come, without a deployment", async () => {
    const folder = await changedModel(SECOND);
    await upload(folder, ["weights.bin", "card.json", "model.onnx"]);
    await logged('"status":"copied"');
    const served = await responses();
    assert.deepEqual(
      served.map(({ y }) => y),
      [columns(SECOND.inputs), columns(SECOND.inputs)],
    );
  });

  it("goes on with the old model after an upload that is not what its card says", async () => {
    const before = await responses();
    const folder = await changedModel(THIRD);
    fs.writeFileSync(path.join(folder, "weights.bin"), Buffer.alloc(THIRD.inputs * THIRD.outputs * 4));
    await upload(folder, ["model.onnx", "weights.bin", "card.json"]);
    await logged("weights.bin has the SHA-256");
    const versions = (list: Response[]) => list.map(({ version }) => version);
    assert.deepEqual(versions(await responses()), versions(before));
  });

  it("keeps that upload with its error, to be sent again once it is mended", async () => {
    const { key, record } = await failure();
    assert.match(
      key,
      /^aws\/lambda\/async\/model-sync-[0-9a-f]+\/\d{4}\/\d\d\/\d\d\/\d{4}-\d\d-\d\dT\d\d\.\d\d\.\d\d-[0-9a-f-]{36}$/,
    );
    const { functionArn, condition, approximateInvokeCount } = record.requestContext;
    assert.match(String(functionArn), /:function:model-sync-[0-9a-f]+:live$/);
    assert.deepEqual(
      {
        condition,
        approximateInvokeCount,
        uploaded: record.requestPayload.Records.map(({ s3 }) => s3.object.key),
        responseContext: record.responseContext,
        errorType: record.responsePayload.errorType,
      },
      {
        condition: "RetriesExhausted",
        approximateInvokeCount: 3,
        uploaded: ["volume/ginormous/card.json"],
        responseContext: { statusCode: 200, executedVersion: "1", functionError: "Unhandled" },
        errorType: "ModelIncomplete",
      },
    );
    assert.match(
      record.responsePayload.errorMessage,
      /^ginormous\/weights\.bin has the SHA-256 [0-9a-f]{64}; its card says [0-9a-f]{64}$/,
    );

    await upload(await changedModel(THIRD), ["weights.bin"]);
    await logged('"status":"copied"');
    const again = await signedFetch(
      `${cloud.outputs.lambdaEndpoint}/2015-03-31/functions/${functionArn}/invocations`,
      JSON.stringify(record.requestPayload),
      { ...signing(), headers: { "x-amz-invocation-type": "Event" } },
    );
    assert.equal(again.status, 202);
    await logged('"status":"unchanged"');
    assert.deepEqual(
      (await responses()).map(({ y }) => y),
      [columns(THIRD.inputs), columns(THIRD.inputs)],
    );
  });

  it("is still full after a restart", async () => {
    const folder = await changedModel(THIRD);
    await upload(folder, ["weights.bin", "model.onnx", "card.json"]);
    await logged('"status":"unchanged"');
    await cloud.close();
    await start();
    assert.ok(logs.some((line) => line.includes('"status":"unchanged"')));
    const served = await responses();
    assert.deepEqual(
      served.map(({ y }) => y),
      [columns(THIRD.inputs), columns(THIRD.inputs)],
    );
  });

  /** The versions of the model that are on the volume, whole or not. */
  function versionsThere(): string[] {
    const volumes = path.join(dataDir, "volumes");
    const [model = ""] = fs
      .readdirSync(volumes, { recursive: true, encoding: "utf8" })
      .filter((name) => name.endsWith(path.join("ginormous", "versions")));
    return fs.readdirSync(path.join(volumes, model)).sort();
  }

  for (const [kind, shape, code] of [
    ["full", FOURTH, "ENOSPC"],
    ["readonly", FIFTH, "EROFS"],
  ] as const) {
    it(`serves the old model while the volume is ${kind}, and the new one by Lambda's own retry afterwards`, async () => {
      const [before, there] = [await responses(), versionsThere()];
      const folder = await changedModel(shape);
      fault = kind;
      await upload(folder, ["model.onnx", "weights.bin", "card.json"]);
      await logged(code);
      assert.deepEqual(
        (await responses()).map(({ y }) => y),
        before.map(({ y }) => y),
      );
      assert.deepEqual(versionsThere(), there);
      fault = undefined;
      await logged('"status":"copied"');
      assert.deepEqual(
        (await responses()).map(({ y }) => y),
        [columns(shape.inputs), columns(shape.inputs)],
      );
    });
  }

  it("is named in Lambda's own error while it is missing, and serves again afterwards", async () => {
    const url = `${cloud.outputs.lambdaEndpoint}/2015-03-31/functions/${cloud.outputs.one}/invocations?Qualifier=live`;
    fault = "missing";
    const response = await signedFetch(url, "{}", signing());
    fault = undefined;
    const { Type, message } = (await response.json()) as { Type: string; message: string };
    assert.deepEqual(
      [response.status, response.headers.get("x-amzn-errortype"), Type],
      [403, "EFSMountFailureException", "User"],
    );
    assert.match(message, /couldn't mount the Amazon EFS file system with access point arn:/);
    await responses();
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
