import { PRICES } from "@paddock/policy";
import type { Outcome, ServiceTimes } from "./fleet";

/** US dollars for a million requests that were not throttled, by what is paid for. */
export interface Million {
  /** Lambda's price for a request. */
  readonly requests: number;
  /** The functions' time, as if every request were a hit. */
  readonly compute: number;
  /** The time that checks, loads and cold starts take beyond that. */
  readonly loading: number;
  /** Objects that S3 was asked for. */
  readonly s3: number;
}

export const COST_PARTS = ["requests", "compute", "loading", "s3"] as const satisfies (keyof Million)[];

/** Adds up the parts, all of them or the first ones. */
export function totalCost(cost: Million, parts: number = COST_PARTS.length): number {
  return COST_PARTS.slice(0, parts).reduce((sum, part) => sum + cost[part], 0);
}

/** @param memorySize  MB. */
export function millionCost(
  outcomes: Readonly<Record<Outcome, number>>,
  times: ServiceTimes,
  memorySize: number,
  architecture: "arm64" | "x86_64",
): Million {
  const { hit, check, load, coldStart } = outcomes;
  const served = hit + check + load + coldStart;
  const millisecond = (memorySize / 1024 / 1000) * PRICES.lambda.gigabyteSecond[architecture];
  const beyond = (count: number, time: number) => count * (Math.ceil(time) - Math.ceil(times.hit));
  const extra = beyond(check, times.check) + beyond(load, times.load) + beyond(coldStart, times.coldStart);
  return {
    requests: PRICES.lambda.millionRequests,
    compute: Math.ceil(times.hit) * millisecond * 1e6,
    loading: (extra / served) * millisecond * 1e6,
    s3: ((check + load + coldStart) / served) * PRICES.s3.millionGets,
  };
}
