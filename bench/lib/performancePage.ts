import type { Footprint } from "../footprint/footprint";
import type { Benchmark, Goal } from "./benchmark";
import { footprintSection } from "./footprintSection";
import { threeDigits } from "./format";
import { boundOf, judge, seen } from "./judge";
import type { BenchmarkResult, GoalResult, Results } from "./results";

type Measured = readonly [benchmark: Benchmark, result: BenchmarkResult];

/** docs/performance.md is made of these. */
export interface PageSources {
  /** All of the suite, for their words; those without results are left out. */
  readonly benchmarks: readonly Benchmark[];
  readonly results: Results;
  readonly footprint: Footprint;
}

/** docs/performance.md: numbers from bench/results.json and bench/footprint.json, words from the benchmarks themselves. */
export function performancePage({ benchmarks, results, footprint }: PageSources): string {
  const measured = benchmarks.flatMap((benchmark): Measured[] => {
    const result = results.benchmarks[benchmark.name];
    return result === undefined ? [] : [[benchmark, result]];
  });
  const versions = Object.entries(results.versions).map(([name, version]) => `${name} ${version}`);
  return `${[
    "# Performance",
    "<!-- Made by `npm run bench` from bench/results.json, bench/footprint.json and the benchmarks themselves; what is written here is overwritten. -->",
    `What a request, a start and a change cost here, beside what people would use instead and beside the least that could do the
work. All variants of a benchmark run in one process tree on one machine, in rounds: each takes its turn once a round, in random
order, so that what slows the machine for a while slows all of them. Read the ratios; the times are this machine's own.`,
    `A ratio at the median is the middle of the rounds' own ratios; one at the 99th percentile is taken over all samples. In
brackets: 95 % of the ratios that resampled rounds give. The load average before and after each benchmark is below its table.`,
    `Machine: ${results.machine}. Versions: ${versions.join(", ")}. Nothing here ran on AWS: see [limits](limits.md).`,
    "## Goals",
    goalTable(measured),
    ...measured.flatMap(section),
    footprintSection(footprint),
  ].join("\n\n")}\n`;
}

function goalTable(measured: readonly Measured[]): string {
  const rows = measured.flatMap(([{ title, goals }, result]) =>
    goals.map((goal, i) => {
      const found = result.goals[i] as GoalResult;
      const what = `${goal.variant}, ${quantileOf(goal)}`;
      const cells = [`[${title}](#${anchor(title)})`, what, goal.against, boundOf(goal), seen(found)];
      return `| ${[...cells, judge(goal, found)].join(" | ")} |`;
    }),
  );
  return [
    "| benchmark | what | against | goal | seen | |",
    "| --- | --- | --- | --- | --- | --- |",
    ...rows,
  ].join("\n");
}

function section([{ name, title, about, unit, goals }, result]: Measured): string[] {
  const rows = result.variants.map(({ name, samples, lowerQuartile, median, upperQuartile, p99 }) => {
    const middle = `${threeDigits(lowerQuartile)} to ${threeDigits(upperQuartile)}`;
    return `| ${[name, threeDigits(median), middle, threeDigits(p99), samples.toLocaleString("en-US")].join(" | ")} |`;
  });
  const table = [
    `| variant | median, ${unit} | middle half | p99 | samples |`,
    "| --- | --: | --: | --: | --: |",
    ...rows,
  ].join("\n");
  const [before, after] = result.load;
  return [
    `## ${title}`,
    about,
    `![${title}: medians, the middle half and the 99th percentile](images/performance/${name}.svg)`,
    table,
    `${result.date.replace("T", " ")} UTC, ${result.rounds} round${result.rounds === 1 ? "" : "s"}, load average ${before} before and ${after} after.`,
    ...obstacles(goals, result.goals),
  ];
}

/** Why goals are not met, each reason once. One that is met needs no excuse. */
function obstacles(goals: readonly Goal[], results: readonly GoalResult[]): string[] {
  const missed = new Map<string, string[]>();
  for (const [i, goal] of goals.entries()) {
    if (judge(goal, results[i] as GoalResult) !== "not met") continue;
    const { variant, against, obstacle = "" } = goal;
    const what = `${variant} against ${against}, ${quantileOf(goal)}: ${boundOf(goal)} is not met.`;
    missed.set(obstacle, [...(missed.get(obstacle) ?? []), what]);
  }
  return [...missed].map(([obstacle, what]) => `**${what.join(" ")}** ${obstacle}`.trimEnd());
}

function quantileOf({ quantile }: Goal): string {
  return quantile === 0.99 ? "p99" : "median";
}

/** A heading's anchor on GitHub. */
function anchor(heading: string): string {
  return heading
    .toLowerCase()
    .replace(/[^\p{L}\p{N} _-]/gu, "")
    .replaceAll(" ", "-");
}
