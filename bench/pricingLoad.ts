import fs from "node:fs";
import http from "node:http";
import os from "node:os";
import path from "node:path";
import { text } from "node:stream/consumers";
import { PutObjectCommand, S3Client } from "@aws-sdk/client-s3";
import { LocalCloud } from "@paddock/local/cli";
import { boolean, command, number, wholeNumber } from "@paddock/local/command";
import { zipf } from "../bin/lib/plan/zipf";
import { EVALUATOR_KEY, EVALUATOR_MARK } from "../functions/shared/evaluator/mark";
import { freePorts } from "../test/helpers/cloud/freePorts";
import { type Breed, makeBreeds } from "./lib/makeBreeds";

/**
 * Thousands of breeds on one function of the local cloud: uploads them, asks for them as often as Zipf's law has it,
 * checks every score, and prints errors, hit rate, latencies and memory over time.
 */

interface Load {
  readonly breeds: number;
  readonly requests: number;
  readonly connections: number;
  /** MB of the function; how many models are kept follows from it. */
  readonly memory: number;
  readonly exponent: number;
  readonly onnxruntime: boolean;
}

const RIDE = { distance: 60, healthpoints: 5000, magicpoints: 3600, TMAX: -20, TMIN: -120, PRCP: 100 };

/** Facts in the functions' log lines. */
const seen = { requests: 0, loads: 0, evictions: 0, memory: [] as number[] };

function readLog(line: string): void {
  const used = /Max Memory Used: (\d+) MB/.exec(line)?.[1];
  if (used) seen.memory.push(Number(used));
  if (line.includes('"endpoint":"pricing"')) seen.requests++;
  if (line.includes('"modelLoadMs"')) seen.loads++;
  const evictions = /"ModelEvictions":(\d+)/.exec(line)?.[1];
  seen.evictions += Number(evictions ?? 0);
}

async function upload(cloud: LocalCloud, breeds: readonly Breed[], { onnxruntime }: Load): Promise<void> {
  const { s3Endpoint, modelBucket } = cloud.outputs;
  const client = new S3Client({
    endpoint: String(s3Endpoint),
    region: "us-east-1",
    credentials: cloud.rootKey,
  });
  const left = [...breeds];
  const worker = async () => {
    for (let breed = left.pop(); breed; breed = left.pop()) {
      const Key = `breeds/${breed.name}/model.tar.gz`;
      const Metadata: Record<string, string> = onnxruntime ? {} : { [EVALUATOR_KEY]: EVALUATOR_MARK };
      await client.send(
        new PutObjectCommand({ Bucket: String(modelBucket), Key, Body: breed.archive, Metadata }),
      );
    }
  };
  await Promise.all(Array.from({ length: 16 }, worker));
  client.destroy();
}

function scoreOf({ weight, bias }: Breed): number {
  const cold = Math.min(Math.max(0.5 - RIDE.TMIN / 200, 0), 1);
  const rain = Math.min(Math.max(RIDE.PRCP / 200, 0), 1);
  const { distance, healthpoints, magicpoints, TMIN, TMAX, PRCP } = RIDE;
  const columns = [distance, healthpoints, magicpoints, TMIN, TMAX, PRCP, distance * cold, distance * rain];
  const score = columns.reduce((sum, column, i) => sum + column * (weight[i] ?? 0), bias);
  return 1 / (1 + Math.exp(-score));
}

async function load(url: string, breeds: readonly Breed[], { requests, connections, exponent }: Load) {
  const agent = new http.Agent({ keepAlive: true, maxSockets: connections });
  const draw = zipf(breeds.length, exponent);
  const latencies = new Float64Array(requests);
  const errors = new Map<string, number>();
  let next = 0;
  const worker = async () => {
    for (let i = next++; i < requests; i = next++) {
      const breed = breeds[draw()] as Breed;
      const started = performance.now();
      const response = await post(url, agent, JSON.stringify({ ...RIDE, breed: breed.name }));
      latencies[i] = performance.now() - started;
      const right =
        response.startsWith("200 ") && Math.abs(Number(response.slice(4)) - scoreOf(breed)) < 0.006;
      if (!right) errors.set(response, (errors.get(response) ?? 0) + 1);
    }
  };
  const started = performance.now();
  await Promise.all(Array.from({ length: connections }, worker));
  agent.destroy();
  return { seconds: (performance.now() - started) / 1000, latencies: latencies.sort(), errors };
}

/** Status and body. */
function post(url: string, agent: http.Agent, body: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const request = http.request(url, { method: "POST", agent }, async (response) =>
      resolve(`${response.statusCode} ${await text(response)}`),
    );
    request.on("error", reject).end(body);
  });
}

async function measure(options: Load): Promise<void> {
  const { requests } = options;
  const dataDir = fs.mkdtempSync(path.join(os.tmpdir(), "paddock-load-"));
  const cloud = await LocalCloud.start({
    projectDir: path.resolve(__dirname, ".."),
    stack: "dev",
    basePort: await freePorts(),
    dataDir,
    config: { platform: "host", memorySize: String(options.memory) },
    onLog: ({ line }) => readLog(line),
  });
  try {
    const breeds = await makeBreeds(options.breeds);
    await upload(cloud, breeds, options);
    const { seconds, latencies, errors } = await load(String(cloud.outputs.pricingUrl), breeds, options);
    const percentile = (p: number) => `${latencies[Math.floor((requests - 1) * p)]?.toFixed(1)} ms`;
    const tenth = Math.max(1, Math.floor(seen.memory.length / 10));
    const memory = Array.from({ length: 10 }, (_, i) =>
      Math.max(...seen.memory.slice(i * tenth, (i + 1) * tenth)),
    );
    console.table({
      breeds: options.breeds,
      requests,
      errors: [...errors.values()].reduce((sum, count) => sum + count, 0),
      "requests/s": Math.round(requests / seconds),
      p50: percentile(0.5),
      p99: percentile(0.99),
      "hit rate": `${((1 - seen.loads / seen.requests) * 100).toFixed(1)} %`,
      loads: seen.loads,
      evictions: seen.evictions,
      "memory in MB, by tenths of the run": memory.join(" "),
    });
    for (const [response, count] of errors) console.log(`${count} x ${response}`);
  } finally {
    await cloud.close();
    fs.rmSync(dataDir, { recursive: true, force: true });
  }
}

void command({
  usage: "tsx bench/pricingLoad.ts [options]",
  about: "Measures thousands of breeds on one function of the local cloud.",
  options: {
    breeds: wholeNumber([1, 1e6], "models that are uploaded", 3000),
    requests: wholeNumber([1, 1e9], "requests in all", 30_000),
    connections: wholeNumber([1, 10_000], "requests at a time", 64),
    memory: wholeNumber([128, 10_240], "MB of the function; how many models are kept follows from it", 256),
    exponent: number([0, 10], "exponent of Zipf's law", 1.1),
    onnxruntime: boolean("ONNX Runtime serves every breed, as where no `push` compared the two"),
  },
  run: measure,
});
