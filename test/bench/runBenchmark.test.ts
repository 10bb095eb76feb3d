import assert from "node:assert/strict";
import fs from "node:fs";
import type { Benchmark, Variant } from "../../bench/lib/benchmark";
import { runBenchmark } from "../../bench/lib/runBenchmark";

/** A variant whose samples are given, and which notes what is done with it. */
function given(name: string, sample: number, done: string[]): Variant {
  return {
    name,
    start: async () => {
      done.push(`start ${name}`);
      return {
        round: async () => {
          done.push(name);
          return [sample];
        },
        close: () => {
          done.push(`close ${name}`);
        },
      };
    },
  };
}

function benchmarkOf(variants: readonly Variant[], more: Partial<Benchmark> = {}): Benchmark {
  return {
    name: "given",
    title: "Given",
    about: "Samples that are given.",
    unit: "ms",
    rounds: 5,
    variants: async () => variants,
    goals: [{ variant: "one", against: "other", atMost: 1 }],
    ...more,
  };
}

describe("A benchmark's run", () => {
  it("Every variant takes its turn once a round, after all were started, and is closed at the end", async () => {
    const done: string[] = [];
    await runBenchmark(benchmarkOf([given("one", 3, done), given("other", 2, done)]));
    assert.deepEqual(done.slice(0, 2), ["start one", "start other"]);
    assert.deepEqual(done.slice(-2), ["close one", "close other"]);
    const turns = done.slice(2, -2);
    for (let round = 0; round < 6; round++)
      assert.deepEqual(turns.slice(2 * round, 2 * round + 2).sort(), ["one", "other"]);
    assert.equal(turns.length, 12);
  });

  it("A result has the samples of counted rounds, and the goals' ratios", async () => {
    const { variants, goals } = await runBenchmark(benchmarkOf([given("one", 3, []), given("other", 2, [])]));
    assert.deepEqual(
      variants.map(({ name, samples, median }) => [name, samples, median]),
      [
        ["one", 5, 3],
        ["other", 5, 2],
      ],
    );
    assert.deepEqual(goals, [
      { variant: "one", against: "other", quantile: 0.5, ratio: 1.5, low: 1.5, high: 1.5 },
    ]);
  });

  it("A goal whose variant was left out has no ratio", async () => {
    const { goals } = await runBenchmark(benchmarkOf([given("one", 3, [])]));
    assert.deepEqual(goals, [{ variant: "one", against: "other", quantile: 0.5 }]);
  });

  it("A variant that fails is named, the others are closed, and the folder is removed", async () => {
    const done: string[] = [];
    let folder = "";
    const broken: Variant = { name: "broken", start: () => Promise.reject(new Error("no port")) };
    const benchmark = benchmarkOf([], {
      variants: async (context) => {
        folder = context.folder;
        return [given("one", 1, done), broken];
      },
    });
    await assert.rejects(runBenchmark(benchmark), { message: '"broken" failed: no port' });
    assert.deepEqual(done, ["start one", "close one"]);
    assert.equal(fs.existsSync(folder), false);
  });
});
