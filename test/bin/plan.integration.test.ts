import assert from "node:assert/strict";
import fs from "node:fs";
import path from "node:path";
import { PutObjectCommand, S3Client } from "@aws-sdk/client-s3";
import type { LocalCloud } from "@paddock/local/cli";
import { type Breed, makeBreeds } from "../../bench/lib/makeBreeds";
import { Fleet } from "../../bin/lib/plan/fleet";
import { modelsInMemory } from "../../bin/lib/plan/modelsInMemory";
import { planCommand } from "../../bin/lib/plan/planCommand";
import { zipf } from "../../bin/lib/plan/zipf";
import { startProject } from "../helpers/cloud/startProject";
import { callCommand } from "../helpers/process/callCommand";
import { runCommand } from "../helpers/process/runCommand";
import { temporaryFolder } from "../helpers/process/temporaryFolder";

const BREEDS = 220;
const REQUESTS = 900;
/** MB: the least, so that few models fit. */
const MEMORY = 128;
/** Bytes of the ONNX in each archive, as in those of the demonstration. */
const MODEL_BYTES = 624;
const RIDE = { distance: 60, healthpoints: 5000, magicpoints: 3600, TMAX: -20, TMIN: -120, PRCP: 100 };

describe("npm run plan", () => {
  const folder = temporaryFolder();

  it("prints a table and a chart of the memory sizes, and writes the chart as an image", async () => {
    const args = ["--memory", "256,512", "--rate", "1", "--svg", "plan.svg"];
    const command = runCommand("bin/plan.ts", args, folder);
    assert.equal(await command.exit, 0, command.output());
    const output = command.output();
    const sizes = [...output.matchAll(/^ +(\d+) {2}/gm)].map(([, size]) => size);
    assert.deepEqual(sizes, ["256", "512", "256", "512"]);
    assert.match(fs.readFileSync(path.join(folder, "plan.svg"), "utf8"), /^<svg .*>512 MB<.*<\/svg>\n$/s);
  });

  it("says in one line what is wrong with an option", async () => {
    for (const [args, line] of [
      [["--memory", "256,64"], '--memory must be a whole number from 128 to 10240, is "64".'],
      [["--architecture", "arm"], '--architecture must be arm64 or x86_64, is "arm".'],
    ] as const) {
      assert.deepEqual(await callCommand(planCommand, args), { exit: 2, output: `${line}\n` });
    }
  });
});

describe("The planner", () => {
  const lines: string[] = [];
  let cloud: LocalCloud;
  let breeds: readonly Breed[];

  before(async () => {
    cloud = await startProject({
      maxInstances: 1,
      config: { platform: "host", memorySize: String(MEMORY), modelCheckSeconds: "86400" },
      onLog: ({ line }) => lines.push(line),
    });
    breeds = await makeBreeds(BREEDS);
    const client = new S3Client({
      endpoint: String(cloud.outputs.s3Endpoint),
      region: cloud.region,
      credentials: cloud.rootKey,
    });
    const Bucket = String(cloud.outputs.modelBucket);
    for (const { name, archive } of breeds) {
      await client.send(new PutObjectCommand({ Bucket, Key: `breeds/${name}/model.tar.gz`, Body: archive }));
    }
    client.destroy();
  });
  after(() => cloud?.close());

  it("finds and loads, request by request, what one instance of pricing does in the local cloud", async () => {
    const models = Array.from({ length: REQUESTS }, zipf(BREEDS, 0.3, 3));
    for (const model of models) {
      const body = JSON.stringify({ ...RIDE, breed: breeds[model]?.name });
      const response = await fetch(String(cloud.outputs.pricingUrl), { method: "POST", body });
      assert.equal(response.status, 200, await response.text());
    }
    const served = lines.filter((line) => line.includes('"endpoint":"pricing"'));
    const loads = served.map((line) => line.includes('"modelLoadMs"'));

    const capacity = modelsInMemory(MEMORY, { modelMb: MODEL_BYTES / 1024 ** 2, evaluator: false });
    const times = { hit: 1, check: 1, load: 1, coldStart: 1 };
    const fleet = new Fleet({ times, capacity, checkMs: 86_400_000, idleMs: 300_000, concurrency: 1000 });
    const simulated = models.map((model, i) => fleet.request(i * 1000, model) !== "hit");

    const again = loads.filter(Boolean).length - new Set(models).size;
    assert.ok(again > 20, `${again} loads of models that were evicted`);
    assert.deepEqual(loads, simulated);
  });
});
