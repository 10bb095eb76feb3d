import fs from "node:fs";
import {
  boolean,
  defineCommand,
  number,
  type Option,
  text,
  UsageError,
  wholeNumber,
} from "@paddock/local/command";
import { PRICES } from "@paddock/policy";
import { planChart } from "./planChart";
import { planFunction } from "./planFunction";
import { planSvg } from "./planSvg";
import { planTable } from "./planTable";
import { zipfProbabilities } from "./zipf";

const ARCHITECTURES = ["arm64", "x86_64"] as const;

/** Simulated without `--minutes`: as long as this many requests take, up to the most minutes. */
const COUNTED = { requests: 1_000_000, minutes: 60 };

export const planCommand = defineCommand({
  usage: "npm run -s plan -- [options]",
  about:
    "Simulates one function with many models on Lambda, and prints for each memory size how often a model is in memory,\nhow many instances start, and what a million requests cost. docs/planning.md has the formula and the assumptions.",
  options: {
    rate: number([0.001, 100_000], "requests a second", 100),
    models: wholeNumber([1, 1_000_000], "models in the bucket", 3000),
    zipf: number([0, 10], "exponent of Zipf's law: 0 asks for all models alike", 1.1),
    memory: memorySizes([256, 512, 1024, 1769]),
    "model-mb": number([0, 10_240], "MB of a model's file", 0.001),
    evaluator: boolean("the evaluator serves the models, in place of ONNX Runtime"),
    "request-ms": number([0.01, 900_000], "ms of a request whose model is in memory", 1),
    "load-ms": number([0, 900_000], "ms that a model takes once it is fetched", 10),
    "get-ms": number([0, 60_000], "ms until S3 sends the first byte", 100),
    "init-ms": number([0, 60_000], "ms that a new instance takes before its first model", 250),
    architecture: oneOf(ARCHITECTURES, "the function's processor", "arm64"),
    "check-seconds": wholeNumber([0, 86_400], "age after which a model's version is checked again", 60),
    "idle-minutes": number([0, 1440], "after which an instance without work ends", 5),
    concurrency: wholeNumber([1, 100_000], "the account's quota of requests at work at a time", 1000),
    minutes: number(
      [0.01, 10_080],
      `counted minutes (default as long as ${COUNTED.requests} requests take, up to ${COUNTED.minutes})`,
    ),
    "warm-up": number([0, 10_080], "uncounted minutes before, in which instances and models gather", 10),
    daily: boolean("the rate goes through a wave in the counted time, from 0.2 to 1.8 times"),
    burst: number([1, 1000], "times the rate in the middle tenth of the counted time", 1),
    seed: wholeNumber([0, 1_000_000], "another one draws other requests", 1),
    svg: text("FILE", "write the chart into a file, too"),
  },
  notes: `Times are those of a whole vCPU. Prices are those of us-east-1 on ${PRICES.asOf}, without free tiers.`,
  run({
    rate,
    models,
    zipf,
    memory,
    svg,
    daily,
    burst,
    seed,
    concurrency,
    evaluator,
    architecture,
    ...rest
  }) {
    const minutes = rest.minutes ?? Math.min(COUNTED.minutes, COUNTED.requests / rate / 60);
    const from = rest["warm-up"] * 60_000;
    const workload = {
      traffic: { rate, from, until: from + minutes * 60_000, daily, burst },
      probabilities: zipfProbabilities(models, zipf),
      modelMb: rest["model-mb"],
      requestMs: rest["request-ms"],
      loadMs: rest["load-ms"],
      getMs: rest["get-ms"],
      initMs: rest["init-ms"],
      checkSeconds: rest["check-seconds"],
      idleMinutes: rest["idle-minutes"],
      evaluator,
      architecture,
      concurrency,
      seed,
    };
    const plans = memory.map((memorySize) => planFunction(workload, memorySize));
    console.log(`${planTable(plans)}\n\n${planChart(plans)}`);
    if (svg !== undefined) fs.writeFileSync(svg, planSvg(plans));
  },
});

function memorySizes(fallback: readonly number[]): Option<readonly number[]> {
  const one = wholeNumber([128, 10_240], "");
  return {
    placeholder: "N,…",
    help: `MB of the function, several to compare (default ${fallback})`,
    parse: (given, name) => {
      const sizes = given.at(-1)?.split(",") ?? [];
      return sizes.length === 0 ? fallback : sizes.map((size) => one.parse([size], name) ?? 0);
    },
  };
}

function oneOf<T extends string>(values: readonly T[], help: string, fallback: T): Option<T> {
  return {
    placeholder: values.join("|"),
    help: `${help} (default ${fallback})`,
    parse: ([given = fallback], name) => {
      const value = values.find((one) => one === given);
      if (value === undefined)
        throw new UsageError(`--${name} must be ${values.join(" or ")}, is "${given}".`);
      return value;
    },
  };
}
