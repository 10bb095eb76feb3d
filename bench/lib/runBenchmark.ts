import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import type { Benchmark, Measured, Variant } from "./benchmark";
import type { BenchmarkResult, GoalResult } from "./results";
import { compare, quantile } from "./statistics";

export interface RunOptions {
  /** @default the benchmark's own */
  readonly rounds?: number;
  readonly python?: string;
  onRound?(round: number, rounds: number): void;
}

/** Starts all variants, lets each take its turn in every round, in random order, and ends them. */
export async function runBenchmark(benchmark: Benchmark, options: RunOptions = {}): Promise<BenchmarkResult> {
  const { rounds = benchmark.rounds, python, onRound } = options;
  const { discardedRounds = 1 } = benchmark;
  const loadBefore = os.loadavg()[0] ?? 0;
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), `paddock-bench-${benchmark.name}-`));
  const shared: (() => Promise<void>)[] = [];
  const onEnd = (close: () => Promise<void>) => void shared.push(close);
  const running: { variant: Variant; measured: Measured; samples: (readonly number[])[] }[] = [];
  try {
    for (const variant of await benchmark.variants({ folder, python, onEnd }))
      running.push({ variant, measured: await named(variant, () => variant.start()), samples: [] });
    for (let round = -discardedRounds; round < rounds; round++) {
      onRound?.(Math.max(0, round), rounds);
      for (const { variant, measured, samples } of shuffle(running)) {
        const taken = await named(variant, () => measured.round());
        if (round >= 0) samples.push(taken);
      }
    }
  } finally {
    for (const { measured } of running) await measured.close?.();
    for (const close of shared) await close();
    fs.rmSync(folder, { recursive: true, force: true });
  }

  const samplesOf = new Map(running.map(({ variant, samples }) => [variant.name, samples]));
  return {
    date: new Date().toISOString().slice(0, 16),
    rounds,
    load: [loadBefore, os.loadavg()[0] ?? 0].map((load) => Number(load.toFixed(1))) as [number, number],
    variants: running.map(({ variant, samples }) => {
      const all = samples.flat();
      return {
        name: variant.name,
        samples: all.length,
        lowerQuartile: short(quantile(all, 0.25)),
        median: short(quantile(all, 0.5)),
        upperQuartile: short(quantile(all, 0.75)),
        p99: short(quantile(all, 0.99)),
      };
    }),
    goals: benchmark.goals.map(({ variant, against, quantile: share = 0.5 }): GoalResult => {
      const [one, other] = [samplesOf.get(variant), samplesOf.get(against)];
      if (one === undefined || other === undefined) return { variant, against, quantile: share };
      const { ratio, low, high } = compare(one, other, share);
      return { variant, against, quantile: share, ratio: short(ratio), low: short(low), high: short(high) };
    }),
  };
}

async function named<T>({ name }: Variant, run: () => Promise<T>): Promise<T> {
  try {
    return await run();
  } catch (error) {
    throw new Error(`"${name}" failed: ${(error as Error).message}`, { cause: error });
  }
}

function shuffle<T>(list: readonly T[]): T[] {
  return list
    .map((each) => ({ each, key: Math.random() }))
    .sort((a, b) => a.key - b.key)
    .map(({ each }) => each);
}

/** Rounds to four digits, which is what the file keeps. */
function short(value: number): number {
  return Number(value.toPrecision(4));
}
