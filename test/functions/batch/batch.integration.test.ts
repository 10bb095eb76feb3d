import assert from "node:assert/strict";
import { GetObjectCommand, PutObjectCommand, S3Client } from "@aws-sdk/client-s3";
import type { LocalCloud } from "@paddock/local/cli";
import { startProject } from "../../helpers/cloud/startProject";
import { temporaryFolder } from "../../helpers/process/temporaryFolder";
import { eventually } from "../../helpers/time/eventually";

const ROWS = 12_000;
const FOLDER = "batches/iris";

/** Every thousandth flower has no petals. */
const FILE = `sl,sw,pl,pw\n${Array.from({ length: ROWS }, (_, i) =>
  i % 1000 === 7 ? "5,3,,0.2" : `${4 + (i % 40) / 10},3,${1 + (i % 60) / 10},${(i % 25) / 10}`,
).join("\n")}\n`;

describe("a file of rows in the upload bucket", () => {
  const dataDir = temporaryFolder();
  let cloud: LocalCloud;
  let client: S3Client;

  /** ms that S3 lets each request wait: a batch that is to be cut off is not done before it is seen under way. */
  let waitMs = 0;
  const faults = {
    suspend: () => undefined,
    resume: () => undefined,
    of: (service: string) =>
      service === "s3"
        ? {
            get delayMs() {
              return waitMs;
            },
            happens: () => false,
          }
        : undefined,
  };

  const open = async () => {
    cloud = await startProject({ dataDir, faults });
    const { s3Endpoint } = cloud.outputs;
    client = new S3Client({ endpoint: String(s3Endpoint), region: cloud.region, credentials: cloud.rootKey });
  };
  const close = async () => {
    client.destroy();
    await cloud.close();
  };
  before(open);
  after(close);

  const put = (Key: string, Body: string) =>
    client.send(new PutObjectCommand({ Bucket: String(cloud.outputs.uploadBucket), Key, Body }));
  const get = async (Key: string) => {
    const command = new GetObjectCommand({ Bucket: String(cloud.outputs.uploadBucket), Key });
    return (await (await client.send(command)).Body?.transformToString()) ?? "";
  };
  const stateOf = async (name: string) => {
    const text = await get(`${FOLDER}/state/${name}.json`).catch(() => "{}");
    return JSON.parse(text) as { status?: string; rows?: number; runs?: number };
  };
  const waitFor = (name: string, holds: (state: Awaited<ReturnType<typeof stateOf>>) => boolean) =>
    eventually(async () => {
      const state = await stateOf(name);
      assert.ok(holds(state), `The batch is ${JSON.stringify(state)}`);
      return state;
    });
  const resultsOf = async (name: string) => [
    await get(`${FOLDER}/out/${name}.jsonl`),
    await get(`${FOLDER}/failed/${name}.jsonl`),
  ];

  it("is answered whole, with each row once, when the local cloud ends in the middle and another one starts", async () => {
    await put(`${FOLDER}/in/calm.csv`, FILE);
    await waitFor("calm", ({ status }) => status === "done");
    const calm = await resultsOf("calm");
    const rows = calm.flatMap((text) => text.split("\n").filter(Boolean)).map((line) => JSON.parse(line).row);
    assert.deepEqual(
      rows.sort((a, b) => a - b),
      Array.from({ length: ROWS }, (_, row) => row),
    );
    assert.equal(calm[1]?.split("\n")[0], '{"row":7,"status":400,"error":"pl is required"}');

    waitMs = 300;
    await put(`${FOLDER}/in/cut.csv`, FILE);
    await waitFor("cut", ({ rows = 0 }) => rows > 0);
    await close();
    waitMs = 0;
    await open();
    const { runs, rows: answered } = await waitFor("cut", ({ status }) => status === "done");
    assert.ok(runs && runs > 1, `${runs} runs: it was not interrupted`);
    assert.equal(answered, ROWS);
    assert.deepEqual(await resultsOf("cut"), calm);
  });

  it("is answered by a version of a model, by the Open Inference Protocol", async () => {
    await put("batches/open-inference/iris/in/f.csv", "X,X.1,X.2,X.3\n6.9,3.1,5.1,2.3\n5,3.4,1.4,0.2\n");
    await eventually(async () =>
      assert.match(await get("batches/open-inference/iris/state/f.json"), /"done"/),
    );
    assert.equal(
      await get("batches/open-inference/iris/out/f.jsonl"),
      '{"row":0,"answer":{"label":"virginica","probabilities":[0,0.03125,0.96875]}}\n{"row":1,"answer":{"label":"setosa","probabilities":[1,0,0]}}\n',
    );
  });
});
