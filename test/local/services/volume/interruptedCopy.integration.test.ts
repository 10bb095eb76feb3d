import assert from "node:assert/strict";
import { hash, randomBytes } from "node:crypto";
import fs from "node:fs";
import path from "node:path";
import { PutObjectCommand } from "@aws-sdk/client-s3";
import { bundleFunction } from "../../../../infra/packaging/bundleFunction";
import { type StallingProxy, stallingProxy } from "../../../helpers/http/stallingProxy";
import { temporaryFolder } from "../../../helpers/process/temporaryFolder";
import { LocalS3, rootKey } from "../../../helpers/services/localS3";
import { type TemporaryLambda, temporaryLambda } from "../../../helpers/services/temporaryLambda";
import { eventually } from "../../../helpers/time/eventually";

const ROOT = path.resolve(__dirname, "../../../..");
const WEIGHTS = randomBytes(4_000_000);
const ARRIVED = 1_500_000;

/** Seconds, where the stack gives 900: copying stops in the middle of them. */
const TIMEOUT = 8;

describe("a copy to the volume that takes longer than a call of the function", () => {
  const volume = temporaryFolder();
  let s3: LocalS3;
  let network: StallingProxy;
  let lambda: TemporaryLambda;

  before(async () => {
    s3 = await LocalS3.start("models");
    network = await stallingProxy(() => s3.endpoint, { path: "/weights.bin", bytes: ARRIVED });
    lambda = temporaryLambda({
      retryDelaysMs: [10, 10],
      endpoints: () => ({ AWS_ENDPOINT_URL_S3: network.address }),
      credentials: () => ({
        accessKeyId: "ROOT",
        secretAccessKey: rootKey.secretAccessKey,
        sessionToken: "",
      }),
      fileSystems: { checkMount: () => {}, folderOf: () => volume },
    });
    const { files } = bundleFunction(path.join(ROOT, "functions", "model-sync"));
    await lambda.deploy(
      "model-sync",
      Object.fromEntries(Object.entries(files).map(([k, v]) => [k, Buffer.from(v)])),
      {
        timeout: TIMEOUT,
        fileSystem: { arn: "arn", localMountPath: "/mnt/models", subnetIds: [] },
        environment: { MODEL_BUCKET: "models", MODEL_PREFIX: "volume/", MODEL_VOLUME: "/mnt/models" },
      },
    );
  });
  after(async () => {
    await lambda?.close();
    await s3?.stop();
  });

  async function put(name: string, Body: Buffer | string): Promise<void> {
    await s3.client().send(new PutObjectCommand({ Bucket: "models", Key: `volume/horse/${name}`, Body }));
  }

  it("is gone on with by Lambda's next attempt, from the bytes that are there", async () => {
    const sha256 = hash("sha256", WEIGHTS);
    await put("weights.bin", WEIGHTS);
    await put(
      "card.json",
      JSON.stringify({ files: [{ path: "weights.bin", bytes: WEIGHTS.length, sha256 }] }),
    );
    const uploaded = { Records: [{ s3: { object: { key: "volume/horse/card.json" } } }] };
    await lambda.service.invokeLater("model-sync", undefined, Buffer.from(JSON.stringify(uploaded)));

    const lines = (text: string) => lambda.log.filter(({ line }) => line.includes(text));
    await eventually(() =>
      assert.equal(lines('"status":"copied"').length, 1, lambda.log.map(({ line }) => line).join("\n")),
    );
    const timeUp = `Time is up with ${ARRIVED} of ${WEIGHTS.length} bytes of horse/weights.bin copied (37 %): the next call goes on from there`;
    const errors = lines('{"level":"error"').map(({ line }) => JSON.parse(line).error.message);
    assert.deepEqual(errors, [timeUp]);
    assert.deepEqual(
      network.requests.filter((request) => request.startsWith("GET /models/volume/horse/weights.bin")),
      ["GET /models/volume/horse/weights.bin", `GET /models/volume/horse/weights.bin bytes=${ARRIVED}-`],
    );
    const { version } = JSON.parse(fs.readFileSync(path.join(volume, "horse", "current.json"), "utf8"));
    const copied = fs.readFileSync(path.join(volume, "horse", "versions", version, "weights.bin"));
    assert.ok(copied.equals(WEIGHTS));
  });
});
