import os from "node:os";
import { boolean, command, progress, UsageError, wholeNumber } from "@paddock/local/command";
import type { Benchmark } from "./lib/benchmark";
import { withUnit } from "./lib/format";
import { boundOf, judge, seen } from "./lib/judge";
import { type BenchmarkResult, readResults, thisMachine, versionsHere, writeResults } from "./lib/results";
import { runBenchmark } from "./lib/runBenchmark";
import { loadBenchmark, suiteNames } from "./lib/suite";
import { writePerformancePage } from "./lib/writePerformancePage";
import { installPeers } from "./peers/install";

/** Load average of a minute from which times say little. */
const BUSY = 0.7;

interface Options {
  readonly rounds?: number;
  readonly "dry-run": boolean;
  readonly render: boolean;
}

void command({
  usage: "npm run bench [-- NAME… options]",
  about: `Measures the benchmarks of bench/suite/, or those that are named, each beside what it is compared with, and writes
bench/results.json, docs/performance.md and its charts.`,
  options: {
    rounds: wholeNumber([1, 10_000], "rounds of each, in place of its own number"),
    "dry-run": boolean("measure and print, write nothing"),
    render: boolean("measure nothing, write the page from bench/results.json"),
  },
  words: [0, 100],
  run,
});

async function run(options: Options, words: readonly string[]): Promise<void> {
  const names = suiteNames();
  for (const word of words)
    if (!names.includes(word))
      throw new UsageError(`There is no benchmark ${word}; there are ${names.join(", ")}.`);
  const failed: string[] = [];
  if (!options.render) {
    const python = installPeers();
    for (const name of words.length === 0 ? names : words)
      if (!(await measure(loadBenchmark(name), options, python))) failed.push(name);
  }
  if (!options["dry-run"]) writePerformancePage();
  if (failed.length > 0) throw new Error(`Failed: ${failed.join(", ")}. The others are written.`);
}

/** Measures one and keeps its result at once: a later one that fails does not lose it. */
async function measure(benchmark: Benchmark, options: Options, python: string | undefined): Promise<boolean> {
  const load = os.loadavg()[0] ?? 0;
  const { name, title } = benchmark;
  try {
    progress.step(`Measuring ${name}`);
    const result = await runBenchmark(benchmark, {
      rounds: options.rounds,
      python,
      onRound: (round, rounds) => progress.detail(`round ${round + 1} of ${rounds}`),
    });
    progress.end();
    console.log(`${title}${load > BUSY ? ` (load average ${load.toFixed(1)}: compare ratios only)` : ""}`);
    print(benchmark, result);
    if (!options["dry-run"]) {
      const { benchmarks } = readResults();
      const versions = versionsHere(python);
      writeResults({ machine: thisMachine(), versions, benchmarks: { ...benchmarks, [name]: result } });
    }
    return true;
  } catch (error) {
    progress.end(true);
    console.error(`${name}: ${(error as Error).message}`);
    return false;
  }
}

function print({ unit, goals }: Benchmark, result: BenchmarkResult): void {
  const width = Math.max(...result.variants.map(({ name }) => name.length));
  for (const { name, median, p99 } of result.variants)
    console.log(
      `  ${name.padEnd(width)}  ${withUnit(median, unit).padStart(14)}  p99 ${withUnit(p99, unit)}`,
    );
  for (const [i, goal] of goals.entries()) {
    const found = result.goals[i];
    if (found === undefined) continue;
    const quantile = goal.quantile === 0.99 ? "p99" : "median";
    const words = `${goal.variant} against ${goal.against}, ${quantile}: ${seen(found)}, goal ${boundOf(goal)}`;
    console.log(`  ${words}: ${judge(goal, found)}`);
  }
}
