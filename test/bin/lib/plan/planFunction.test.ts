import assert from "node:assert/strict";
import { predictionCost } from "@paddock/policy";
import { millionCost, totalCost } from "../../../../bin/lib/plan/million";
import { modelsInMemory } from "../../../../bin/lib/plan/modelsInMemory";
import { planChart } from "../../../../bin/lib/plan/planChart";
import { planFunction, type Workload } from "../../../../bin/lib/plan/planFunction";
import { planSvg } from "../../../../bin/lib/plan/planSvg";
import { planTable } from "../../../../bin/lib/plan/planTable";
import { percentile, serviceTimes } from "../../../../bin/lib/plan/serviceTimes";
import { zipfProbabilities } from "../../../../bin/lib/plan/zipf";

const WORKLOAD: Workload = {
  traffic: { rate: 10, from: 600_000, until: 1_200_000, daily: false, burst: 1 },
  probabilities: zipfProbabilities(500, 1),
  modelMb: 0.001,
  evaluator: false,
  requestMs: 4,
  loadMs: 10,
  getMs: 100,
  initMs: 250,
  checkSeconds: 60,
  idleMinutes: 5,
  architecture: "arm64",
  concurrency: 1000,
  seed: 1,
};

describe("planFunction", () => {
  it("A million hits cost what the pull request's report says of a prediction", () => {
    const one = { ...WORKLOAD, probabilities: zipfProbabilities(1, 1), checkSeconds: 86_400 };
    const { cost, hitRate } = planFunction({ ...one, traffic: { ...one.traffic, rate: 1 } }, 512);
    const expected = predictionCost(
      { memorySize: 512, architecture: "arm64" },
      { milliseconds: 4, measured: "" },
    );
    assert.equal(hitRate, 1);
    assert.equal(totalCost(cost).toFixed(9), expected.functionUrl.toFixed(9));
  });

  it("Loads cost the time that they take beyond a hit, and a request to S3", () => {
    const outcomes = { hit: 5, check: 2, load: 2, coldStart: 1, throttle: 7 };
    const times = { hit: 3.5, check: 20, load: 30, coldStart: 400 };
    const cost = millionCost(outcomes, times, 1024, "x86_64");
    // ms beyond the 4 that a hit is billed, for ten requests.
    const beyond = 2 * (20 - 4) + 2 * (30 - 4) + (400 - 4);
    assert.deepEqual(
      Object.entries(cost).map(([part, dollars]) => [part, dollars.toFixed(9)]),
      [
        ["requests", "0.200000000"],
        ["compute", (4 * 1e3 * 0.0000166667).toFixed(9)],
        ["loading", ((beyond / 10) * 1e3 * 0.0000166667).toFixed(9)],
        ["s3", (0.5 * 0.4).toFixed(9)],
      ],
    );
  });

  it("Models that do not fit together are loaded again as often as the formula says", () => {
    const { hitRate, expectedHitRate, capacity } = planFunction({ ...WORKLOAD, modelMb: 0.05 }, 128);
    assert.equal(capacity, 82);
    assert.ok(Math.abs(hitRate - expectedHitRate) < 0.02, `${hitRate}, ${expectedHitRate}`);
  });

  it("The mean concurrency is what the formula says, where no version is checked", () => {
    const traffic = { ...WORKLOAD.traffic, rate: 20, until: 4_200_000 };
    const unchecked = {
      ...WORKLOAD,
      traffic,
      checkSeconds: 86_400,
      probabilities: zipfProbabilities(3000, 1.1),
    };
    const { concurrency, expectedHitRate } = planFunction({ ...unchecked, requestMs: 1 }, 256);
    const slower = 1769 / 256;
    const time = slower + (1 - expectedHitRate) * (100 + 10 * slower);
    assert.ok(Math.abs(concurrency / (0.02 * time) - 1) < 0.05, `${concurrency}, ${0.02 * time}`);
  });

  it("A time in which nothing is served is an error with the cure", () => {
    const traffic = { ...WORKLOAD.traffic, rate: 0.001, from: 0, until: 1 };
    assert.throws(() => planFunction({ ...WORKLOAD, traffic }, 512), {
      message: "No request was served in the simulated time: raise --rate or --minutes.",
    });
  });

  it("prints a line a memory size as a table, as bars and as an image", () => {
    const plans = [256, 512].map((memorySize) => planFunction(WORKLOAD, memorySize));
    const table = planTable(plans).split("\n");
    assert.deepEqual(
      table.map((line) => line.trim().split(/ +/)[0]),
      ["memory", "MB", "256", "512"],
    );
    assert.equal(new Set(table.map((line) => line.length)).size, 1);
    const [, ...bars] = planChart(plans).split("\n");
    assert.deepEqual(
      bars.map((bar) => bar.replace(/[█▓▒░]+/, "=")),
      plans.map(({ memorySize, cost }) => `   ${memorySize}  = ${totalCost(cost).toFixed(2)}`),
    );
    const longest = Math.max(...bars.map((bar) => bar.replace(/[^█▓▒░]/g, "").length));
    assert.equal(longest, 50);
    assert.equal(planSvg(plans).match(/<rect /g)?.length, 1 + 4 + 4 * plans.length);
  });
});

describe("modelsInMemory", () => {
  it("counts models by the room that ONNX Runtime, the evaluator and a file on disk take", () => {
    const models = (memorySize: number, modelMb: number, evaluator = false) =>
      modelsInMemory(memorySize, { modelMb, evaluator });
    assert.deepEqual(
      [
        models(128, 0),
        models(128, 0, true),
        models(1024, 1),
        models(1024, 8),
        models(1024, 9),
        models(1024, 9, true),
      ],
      [170, 1638, 198, 25, 45, 45],
    );
  });

  it("One model is kept, even if two copies of it exceed the memory", () => {
    assert.equal(modelsInMemory(128, { modelMb: 15, evaluator: false }), 1);
  });

  it("A model that no function of this memory loads is an error with the cure", () => {
    assert.throws(() => modelsInMemory(256, { modelMb: 40, evaluator: false }), {
      message:
        "A function of 256 MB loads models of up to 32 MB: raise --memory (from 1184 on it is 496 MB), or keep the model on a volume.",
    });
  });
});

describe("serviceTimes", () => {
  it("are longer with less than one vCPU, but for S3 and the start of an instance", () => {
    const measured = { requestMs: 4, loadMs: 10, initMs: 250, getMs: 100, modelMb: 8.5 };
    assert.deepEqual(serviceTimes(measured, 1769), { hit: 4, check: 104, load: 214, coldStart: 464 });
    assert.deepEqual(serviceTimes(measured, 1769 / 2), { hit: 8, check: 108, load: 228, coldStart: 478 });
  });

  it("A percentile is the time that so many requests do not exceed", () => {
    const times = { hit: 1, check: 20, load: 30, coldStart: 400 };
    const outcomes = { hit: 90, check: 5, load: 4, coldStart: 1, throttle: 1000 };
    const parts = [0.5, 0.9, 0.95, 0.99, 1].map((part) => percentile(outcomes, times, part));
    assert.deepEqual(parts, [1, 1, 20, 30, 400]);
  });
});
