import { arrivals, type Traffic } from "./arrivals";
import { lruHitRate } from "./lruHitRate";
import { type Million, millionCost } from "./million";
import { modelsInMemory } from "./modelsInMemory";
import { mulberry32 } from "./random";
import { type Measured, percentile, serviceTimes } from "./serviceTimes";
import { type Simulated, simulate } from "./simulate";
import { aliasSampler } from "./zipf";

export interface Workload extends Measured {
  readonly traffic: Traffic;
  /** How likely a request is for each model. */
  readonly probabilities: Float64Array;
  /** Whether the evaluator serves the models, in place of ONNX Runtime. */
  readonly evaluator: boolean;
  readonly architecture: "arm64" | "x86_64";
  readonly checkSeconds: number;
  readonly idleMinutes: number;
  readonly concurrency: number;
  readonly seed: number;
}

/** The result for a function of one memory size. */
export interface Plan extends Simulated {
  /** MB. */
  readonly memorySize: number;
  /** Models that fit into an instance. */
  readonly capacity: number;
  /** Requests whose model was in memory, as a part of those that were not throttled. */
  readonly hitRate: number;
  /** The same by Che's approximation, for instances that have been asked for long enough. */
  readonly expectedHitRate: number;
  /** Times of the function, in ms. */
  readonly p50: number;
  readonly p99: number;
  readonly cost: Million;
}

/** Simulates a function. Every memory size gets the same requests. */
export function planFunction(workload: Workload, memorySize: number): Plan {
  const { traffic, probabilities, checkSeconds, idleMinutes, concurrency, architecture, seed } = workload;
  const capacity = modelsInMemory(memorySize, workload);
  const times = serviceTimes(workload, memorySize);
  const simulated = simulate(
    { times, capacity, checkMs: checkSeconds * 1000, idleMs: idleMinutes * 60_000, concurrency },
    {
      next: arrivals(traffic, mulberry32(seed)),
      model: aliasSampler(probabilities, mulberry32(seed + 1)),
      from: traffic.from,
      until: traffic.until,
    },
  );
  const { outcomes } = simulated;
  const hits = outcomes.hit + outcomes.check;
  const served = hits + outcomes.load + outcomes.coldStart;
  if (served === 0)
    throw new Error("No request was served in the simulated time: raise --rate or --minutes.");
  return {
    ...simulated,
    memorySize,
    capacity,
    hitRate: hits / served,
    expectedHitRate: lruHitRate(probabilities, capacity),
    p50: percentile(outcomes, times, 0.5),
    p99: percentile(outcomes, times, 0.99),
    cost: millionCost(outcomes, times, memorySize, architecture),
  };
}
