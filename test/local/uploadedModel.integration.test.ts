import assert from "node:assert/strict";
import fs from "node:fs";
import path from "node:path";
import { PutObjectCommand, type S3Client } from "@aws-sdk/client-s3";
import type { LocalCloud } from "../../local/cli/localCloud";
import { startProject } from "../helpers/cloud/startProject";
import { callHttp, HTTP_FORMS } from "../helpers/handlers/eventForms";
import { loadHandler } from "../helpers/handlers/loadHandler";
import { scaleModel } from "../helpers/models/scaleModel";
import { useEnvironment } from "../helpers/process/useEnvironment";
import { modelBucketClient } from "../helpers/services/modelBucketClient";

const LINEAR_LEARNER = path.resolve(__dirname, "../fixtures/linear-learner/binary");

const keyOf = (name: string, version = "1") => `models/${name}/${version}/model.onnx`;

/** A request for what a scale model makes of 1: its factor. */
const ONE = { inputs: [{ name: "x", datatype: "FP32", shape: [1], data: [1] }] };
const scaled = (model: string, factor: number, version = "1") => ({
  status: 200,
  body: {
    model_name: model,
    model_version: version,
    outputs: [{ name: "y", datatype: "FP32", shape: [1], data: [factor] }],
  },
});

describe("a model that is uploaded to the local cloud", () => {
  let cloud: LocalCloud;
  let client: S3Client;
  let bucket: string;

  before(async () => {
    cloud = await startProject();
    ({ client, bucket } = modelBucketClient(cloud));
  });
  after(() => {
    client?.destroy();
    return cloud?.close();
  });

  const put = (Key: string, Body: Uint8Array) =>
    client.send(new PutObjectCommand({ Bucket: bucket, Key, Body }));

  async function post(address: string, body: unknown) {
    const response = await fetch(address, { method: "POST", body: JSON.stringify(body) });
    return { status: response.status, body: await response.json() };
  }
  const infer = (model: string) => post(`${cloud.outputs.openInferenceUrl}v2/models/${model}/infer`, ONE);

  it("is served by the next request, though it was asked for in vain before", async () => {
    assert.deepEqual(await infer("new"), { status: 404, body: { error: "There is no model new" } });
    await put(keyOf("new"), scaleModel(3));
    assert.deepEqual(await infer("new"), scaled("new", 3));
    assert.deepEqual(await post(`${cloud.outputs.apiUrl}/v2/models/new/infer`, ONE), scaled("new", 3));
  });

  it("is served by the next request that names its version, though others of its name are known", async () => {
    await put(keyOf("versions"), scaleModel(3));
    assert.deepEqual(await infer("versions"), scaled("versions", 3));
    await put(keyOf("versions", "2"), scaleModel(5));
    assert.deepEqual(await infer("versions/versions/2"), scaled("versions", 5, "2"));
  });

  it("scores rides when it is what SageMaker's Linear Learner wrote for a breed", async () => {
    const samples = JSON.parse(fs.readFileSync(path.join(LINEAR_LEARNER, "samples.json"), "utf8"));
    await put("breeds/przewalski/model.tar.gz", fs.readFileSync(path.join(LINEAR_LEARNER, "model.tar.gz")));
    const responses = [];
    for (const [distance, healthpoints, magicpoints, TMIN, TMAX, PRCP] of samples.inputs) {
      const ride = { distance, healthpoints, magicpoints, TMIN, TMAX, PRCP, breed: "przewalski" };
      responses.push(await post(String(cloud.outputs.pricingUrl), ride));
    }
    assert.deepEqual(
      responses,
      samples.outputs.map(([score]: number[]) => ({
        status: 200,
        body: Math.round(Number(score) * 100) / 100,
      })),
    );
  });

  it("is named where it is a breed's and not there", async () => {
    const ride = { distance: 1, healthpoints: 1, magicpoints: 1, TMIN: 1, TMAX: 1, PRCP: 0, breed: "kelpie" };
    assert.deepEqual(await post(String(cloud.outputs.pricingUrl), ride), {
      status: 404,
      body: { message: "There is no breed kelpie: its model would be breeds/kelpie/model.tar.gz" },
    });
  });

  describe("in place of another", () => {
    // The functions of a stack look again after a minute: here they are asked in this process, to look at every request.
    let handler: ReturnType<typeof loadHandler>;
    const setEnvironment = useEnvironment();
    before(() => {
      setEnvironment({
        AWS_ENDPOINT_URL_S3: String(cloud.outputs.s3Endpoint),
        AWS_REGION: "us-east-1",
        AWS_ACCESS_KEY_ID: cloud.rootKey.accessKeyId,
        AWS_SECRET_ACCESS_KEY: cloud.rootKey.secretAccessKey,
        AWS_SESSION_TOKEN: cloud.rootKey.sessionToken,
        MODEL_BUCKET: bucket,
        MODEL_CHECK_SECONDS: "0",
      });
      handler = loadHandler("open-inference");
    });

    async function inferHere(model: string) {
      const [form] = HTTP_FORMS as [(typeof HTTP_FORMS)[0]];
      const request = { path: `/v2/models/${model}/infer`, body: JSON.stringify(ONE) };
      const { status, body } = await callHttp(handler, form, "open-inference", request);
      return { status, body: JSON.parse(body) };
    }

    it("is picked up without a restart", async () => {
      await put(keyOf("replaced"), scaleModel(3));
      assert.deepEqual(await inferHere("replaced"), scaled("replaced", 3));
      await put(keyOf("replaced"), scaleModel(5));
      assert.deepEqual(await inferHere("replaced"), scaled("replaced", 5));
    });

    it("leaves the old one serving when it is broken, until it is mended", async () => {
      await put(keyOf("broken"), scaleModel(3));
      assert.deepEqual(await inferHere("broken"), scaled("broken", 3));
      await put(keyOf("broken"), scaleModel(5).subarray(0, 40));
      assert.deepEqual(await inferHere("broken"), scaled("broken", 3));
      await put(keyOf("broken"), scaleModel(5));
      assert.deepEqual(await inferHere("broken"), scaled("broken", 5));
    });
  });
});
