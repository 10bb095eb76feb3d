import { slowdown } from "@paddock/policy";
import type { Outcome, ServiceTimes } from "./fleet";

/** Measurements of a function on a processor of one vCPU or more. */
export interface Measured {
  /** ms of a request whose model is in memory. */
  readonly requestMs: number;
  /** ms that a model takes from its last byte to its session. */
  readonly loadMs: number;
  /** ms until a new instance takes its first request. */
  readonly initMs: number;
  /** ms until S3 sends the first byte. */
  readonly getMs: number;
  /** MB of a model's object. */
  readonly modelMb: number;
}

/** MB a second of one connection: https://docs.aws.amazon.com/AmazonS3/latest/userguide/optimizing-performance-design-patterns.html */
const S3_THROUGHPUT = 85;

/**
 * Computes what a request takes a function of this memory. S3 and Lambda's start of an instance, which has a whole vCPU
 * in any case, take as long whatever its memory.
 */
export function serviceTimes(measured: Measured, memorySize: number): ServiceTimes {
  const { requestMs, loadMs, initMs, getMs, modelMb } = measured;
  const slower = slowdown(memorySize);
  const hit = requestMs * slower;
  const load = getMs + (modelMb / S3_THROUGHPUT) * 1000 + loadMs * slower + hit;
  return { hit, check: getMs + hit, load, coldStart: initMs + load };
}

/** Finds the time that a part of the requests that were not throttled takes at most. @param part  0.99 for p99. */
export function percentile(
  outcomes: Readonly<Record<Outcome, number>>,
  times: ServiceTimes,
  part: number,
): number {
  const byTime = (["hit", "check", "load", "coldStart"] as const)
    .map((outcome) => ({ time: times[outcome], count: outcomes[outcome] }))
    .sort((a, b) => a.time - b.time);
  let left = part * byTime.reduce((sum, { count }) => sum + count, 0);
  for (const { time, count } of byTime) {
    left -= count;
    if (left <= 0) return time;
  }
  return times.coldStart;
}
