import fs from "node:fs";
import path from "node:path";
import { PRICES } from "./prices";

/** A warm request's duration, as `bench/durations.ts` writes it beside a model's card. */
export interface MeasuredDuration {
  /** On a processor of one vCPU or more. */
  readonly milliseconds: number;
  /** `YYYY-MM-DD` */
  readonly measured: string;
}

/** A function, as far as the price of its time depends on it. */
export interface PricedFunction {
  /** MB. */
  readonly memorySize: number;
  readonly architecture: "arm64" | "x86_64";
}

export interface PredictionCost {
  /** ms that Lambda bills for a prediction. */
  readonly billed: number;
  /** US dollars for a million predictions over the function URL. */
  readonly functionUrl: number;
  /** The same over the REST API. */
  readonly restApi: number;
}

/** MB at which a function has one vCPU: https://docs.aws.amazon.com/lambda/latest/dg/configuration-memory.html */
const ONE_VCPU = 1769;

/** Says how many times longer work takes a function with less than one vCPU. @param memorySize  MB. */
export function slowdown(memorySize: number): number {
  return Math.max(1, ONE_VCPU / memorySize);
}

/** Dollars for a million warm predictions. */
export function predictionCost(
  { memorySize, architecture }: PricedFunction,
  { milliseconds }: MeasuredDuration,
): PredictionCost {
  const billed = Math.ceil(milliseconds * slowdown(memorySize));
  const seconds = (billed / 1000) * 1_000_000;
  const compute = (memorySize / 1024) * seconds * PRICES.lambda.gigabyteSecond[architecture];
  const functionUrl = compute + PRICES.lambda.millionRequests;
  return { billed, functionUrl, restApi: functionUrl + PRICES.api.millionRequests };
}

/**
 * The measured duration of an endpoint's function.
 *
 * @param root  The program's folder.
 * @returns  `undefined` for a function that is no endpoint, and for one that was not measured.
 */
export function measuredDuration(root: string, endpoint: string): MeasuredDuration | undefined {
  const file = path.join(root, "functions", endpoint, "model", "duration.json");
  if (!/^[\w-]+$/.test(endpoint) || !fs.existsSync(file)) return undefined;
  return JSON.parse(fs.readFileSync(file, "utf8")) as MeasuredDuration;
}
