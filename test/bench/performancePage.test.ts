import assert from "node:assert/strict";
import fs from "node:fs";
import path from "node:path";
import type { Benchmark } from "../../bench/lib/benchmark";
import { chart } from "../../bench/lib/chart";
import { performancePage } from "../../bench/lib/performancePage";
import type { BenchmarkResult, Results } from "../../bench/lib/results";
import { performanceFiles } from "../../bench/lib/writePerformancePage";

const DOCS = path.resolve(__dirname, "../../docs");

const BENCHMARK: Benchmark = {
  name: "walk",
  title: "A walk & back",
  about: "From the door to the gate.",
  unit: "s",
  rounds: 3,
  variants: async () => [],
  goals: [
    { variant: "pony", against: "mule", atMost: 1.1, obstacle: "The pony grazes." },
    { variant: "mule", against: "pony", atLeast: 0.5, obstacle: "Never to be read." },
    { variant: "pony", against: "camel", quantile: 0.99, atMost: 1 },
    { variant: "pony", against: "mule", quantile: 0.99, atMost: 2, obstacle: "The pony grazes." },
  ],
};
const quartiles = { samples: 3, lowerQuartile: 2, upperQuartile: 4, p99: 5 };
const RESULT: BenchmarkResult = {
  date: "2026-11-28T18:00",
  rounds: 3,
  load: [0.1, 1.2],
  variants: [
    { name: "pony", median: 3, ...quartiles },
    { name: "mule", median: 1234.5, ...quartiles },
  ],
  goals: [
    { variant: "pony", against: "mule", quantile: 0.5, ratio: 1.234, low: 1.2, high: 1.3 },
    { variant: "mule", against: "pony", quantile: 0.5, ratio: 0.81, low: 0.7, high: 0.9 },
    { variant: "pony", against: "camel", quantile: 0.99 },
    { variant: "pony", against: "mule", quantile: 0.99, ratio: 3, low: 2.5, high: 3.5 },
  ],
};

describe("The page of performance", () => {
  const pageOf = (benchmarks: Results["benchmarks"]) =>
    performancePage({
      benchmarks: [BENCHMARK],
      results: { machine: "2 × a processor", versions: { "Node.js": "20" }, benchmarks },
      footprint: { machine: "a machine", packages: {}, endpoints: {} },
    });
  const page = pageOf({ walk: RESULT });

  it("Its table of goals says what was asked, what was seen, and whether that is enough", () => {
    assert.deepEqual(page.match(/^\| \[.*$/gm), [
      "| [A walk & back](#a-walk--back) | pony, median | mule | ≤ 1.1 × | 1.23 × (1.20 to 1.30) | not met |",
      "| [A walk & back](#a-walk--back) | mule, median | pony | ≥ 0.5 × | 0.81 × (0.70 to 0.90) | met |",
      "| [A walk & back](#a-walk--back) | pony, p99 | camel | ≤ 1 × | not measured | not measured |",
      "| [A walk & back](#a-walk--back) | pony, p99 | mule | ≤ 2 × | 3.00 × (2.50 to 3.50) | not met |",
    ]);
  });

  it("It says once what stands in the way of goals that are not met, and of no other", () => {
    const missed =
      "**pony against mule, median: ≤ 1.1 × is not met. pony against mule, p99: ≤ 2 × is not met.**";
    assert.deepEqual(page.match(/^.*The pony grazes\.$/gm), [`${missed} The pony grazes.`]);
    assert.doesNotMatch(page, /Never to be read/);
  });

  it("It has each variant's figures, and the run's", () => {
    assert.match(page, /^\| mule \| 1,230 \| 2 to 4 \| 5 \| 3 \|$/m);
    assert.match(page, /^2026-11-28 18:00 UTC, 3 rounds, load average 0\.1 before and 1\.2 after\.$/m);
  });

  it("A single round is no plural", () => {
    assert.match(pageOf({ walk: { ...RESULT, rounds: 1 } }), /UTC, 1 round, load/);
  });

  it("A benchmark without results is left out", () => {
    assert.doesNotMatch(pageOf({}), /A walk/);
  });

  it("A chart draws bars where lengths can be compared, and dots on a logarithmic axis where they cannot", () => {
    const of = (...medians: number[]) =>
      chart(
        BENCHMARK,
        medians.map((median) => ({ name: "pony", ...quartiles, median, upperQuartile: median })),
      );
    assert.match(of(3, 6), />s<[\s\S]*<rect class="bar"/);
    assert.match(of(3, 1234), />s, logarithmic<[\s\S]*<circle class="bar"/);
    assert.match(of(3), /aria-label="A walk &amp; back"/);
  });

  it("docs/performance.md and its charts are what `npm run bench -- --render` makes", () => {
    const files = performanceFiles();
    assert.ok(files.has("performance.md"));
    for (const [file, text] of files)
      assert.equal(fs.readFileSync(path.join(DOCS, file), "utf8"), text, file);
  });
});
