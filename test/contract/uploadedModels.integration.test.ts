import assert from "node:assert/strict";
import fs from "node:fs";
import path from "node:path";
import { DeleteObjectCommand, PutObjectCommand, S3Client } from "@aws-sdk/client-s3";
import type { LocalCloud } from "@paddock/local/cli";
import card from "../../functions/pricing/model/card.json";
import { startProject } from "../helpers/cloud/startProject";
import { scaleModel } from "../helpers/models/scaleModel";

const ROOT = path.resolve(__dirname, "../..");
const archive = (key: string) => fs.readFileSync(path.join(ROOT, "functions/pricing/model", key));
const [HEAVY, LIGHT] = card.samples.map(({ request }) => request);

/** Both ways in, both endpoints, over the local cloud: roles, bucket and functions are those the program declares. */
describe("models uploaded to the bucket", () => {
  let cloud: LocalCloud;
  let client: S3Client;
  let Bucket: string;

  before(async () => {
    cloud = await startProject();
    const { s3Endpoint, modelBucket } = cloud.outputs;
    Bucket = String(modelBucket);
    client = new S3Client({ endpoint: String(s3Endpoint), region: "us-east-1", credentials: cloud.rootKey });
  });
  after(async () => {
    client.destroy();
    await cloud.close();
  });

  const put = (Key: string, Body: Uint8Array) => client.send(new PutObjectCommand({ Bucket, Key, Body }));
  const remove = (Key: string) => client.send(new DeleteObjectCommand({ Bucket, Key }));
  const post = async (url: string, body: object): Promise<[number, unknown]> => {
    const response = await fetch(url, { method: "POST", body: JSON.stringify(body) });
    return [response.status, await response.json()];
  };

  it("are served by the next request: a breed that comes, changes, breaks and goes", async () => {
    const key = "breeds/pinto/model.tar.gz";
    const ask = async () => {
      const { pricingUrl, apiUrl } = cloud.outputs;
      const both = [`${pricingUrl}`, `${apiUrl}/pricing`];
      return Promise.all(both.map((url) => post(url, { ...HEAVY, breed: "pinto" })));
    };
    const both = (status: number, body: unknown) => [
      [status, body],
      [status, body],
    ];
    const none = { message: "There is no breed pinto: its model would be breeds/pinto/model.tar.gz" };
    assert.deepEqual(await ask(), both(404, none));
    await put(key, archive(card.files[0]?.path ?? ""));
    assert.deepEqual(await ask(), both(200, 0.99));
    await put(key, fs.readFileSync(path.join(ROOT, "test/fixtures/linear-learner/binary/model.tar.gz")));
    assert.deepEqual(await ask(), both(200, 0.91));
    await put(key, Buffer.from("broken"));
    assert.deepEqual(await ask(), both(200, 0.91));
    await remove(key);
    assert.deepEqual(await ask(), both(404, none));
    assert.deepEqual(await post(String(cloud.outputs.pricingUrl), LIGHT ?? {}), [200, 0]);
  });

  it("are served by the next request: a version by the Open Inference Protocol, the highest by default", async () => {
    const body = { inputs: [{ name: "x", shape: [1], datatype: "FP32", data: [3] }] };
    const ask = async (within = "") => {
      const [status, response] = await post(`${cloud.outputs.apiUrl}/v2/models/scale${within}/infer`, body);
      const { model_version, outputs, error } = response as {
        model_version: string;
        outputs: { data: number[] }[];
        error: string;
      };
      return error === undefined ? [model_version, outputs[0]?.data[0]] : [status, error];
    };
    assert.deepEqual(await ask(), [404, "There is no model scale"]);
    await put("models/scale/9/model.onnx", scaleModel(2));
    assert.deepEqual(await ask(), ["9", 6]);
    await put("models/scale/10/model.onnx", scaleModel(10));
    assert.deepEqual(await ask(), ["10", 30]);
    assert.deepEqual(await ask("/versions/9"), ["9", 6]);
    await put("models/scale/10/model.onnx", scaleModel(100));
    assert.deepEqual(await ask(), ["10", 300]);
    await remove("models/scale/10/model.onnx");
    assert.deepEqual(await ask(), ["9", 6]);
    assert.deepEqual(await ask("/versions/10"), [404, "The model scale has no version 10; there is 9"]);
  });
});
