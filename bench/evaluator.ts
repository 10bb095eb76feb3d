import fs from "node:fs";
import http from "node:http";
import os from "node:os";
import path from "node:path";
import { text } from "node:stream/consumers";
import { command, text as option, wholeNumber } from "@paddock/local/command";
import { bundleFunction } from "../infra/packaging/bundleFunction";
import { NATIVE_MODULE, ONNXRUNTIME_DIR } from "../infra/packaging/onnxRuntimeJavaScript";
import { PROJECT_ROOT } from "../infra/packaging/paths";
import { type BareLoopOptions, bareLoop } from "./lib/bareLoop";

interface Options {
  readonly endpoint: string;
  readonly starts: number;
  readonly blocks: number;
  readonly requests: number;
}

/** Puts the archive and the layer where Lambda would. */
function deploy(folder: string, endpoint: string): Record<string, BareLoopOptions> {
  const source = path.join(PROJECT_ROOT, "functions", endpoint);
  const { files, maps } = bundleFunction(source);
  for (const mapped of ["task", "mapped"]) {
    fs.cpSync(path.join(source, "model"), path.join(folder, mapped, "model"), { recursive: true });
    for (const [name, bytes] of Object.entries(files)) {
      const link = mapped === "mapped" ? `\n//# sourceMappingURL=${name}.map\n` : "";
      fs.writeFileSync(path.join(folder, mapped, name), Buffer.concat([bytes, Buffer.from(link)]));
    }
  }
  for (const [name, bytes] of Object.entries(maps))
    fs.writeFileSync(path.join(folder, "mapped", name), bytes);
  const layer = path.join(folder, "layer", NATIVE_MODULE);
  const native = path.join(ONNXRUNTIME_DIR, "bin/napi-v6", process.platform, process.arch);
  fs.cpSync(native, layer, { recursive: true });
  fs.writeFileSync(path.join(layer, "index.js"), 'module.exports = require("./onnxruntime_binding.node");');

  const options = (task: string, more: Record<string, string>): BareLoopOptions => ({
    handler: path.join(folder, task, "index.js"),
    environment: {
      LAMBDA_TASK_ROOT: path.join(folder, task),
      MODEL_FILE: "model/model.onnx",
      CORS_ORIGINS: "*",
      ORT_DISABLE_TELEMETRY: "1",
      NODE_PATH: path.join(folder, "layer"),
      ...more,
    },
  });
  const evaluator = { MODEL_EVALUATOR: "javascript" };
  return {
    "bare Node.js": {},
    evaluator: options("task", evaluator),
    "evaluator, source maps": { ...options("mapped", evaluator), flags: ["--enable-source-maps"] },
    "ONNX Runtime": options("task", {}),
  };
}

/** The first sample of an endpoint's card. */
function sampleOf(endpoint: string): string {
  const card = path.join(PROJECT_ROOT, "functions", endpoint, "model/card.json");
  return JSON.stringify(JSON.parse(fs.readFileSync(card, "utf8")).samples[0].request);
}

function ask(address: string, agent: http.Agent, body: string): Promise<number> {
  const started = performance.now();
  return new Promise((resolve, reject) => {
    const request = http.request(address, { agent, method: "POST" }, async (response) => {
      const answer = await text(response);
      if (response.statusCode !== 200) reject(new Error(`${response.statusCode} ${answer}`));
      else resolve(performance.now() - started);
    });
    request.on("error", reject).end(body);
  });
}

/** ms of processor time that a process took, which others on the machine stretch less than its time. Linux only. */
function processorTime(pid: number): number {
  const tasks = `/proc/${pid}/task`;
  const spent = fs.readdirSync(tasks).map((task) => fs.readFileSync(`${tasks}/${task}/schedstat`, "utf8"));
  return spent.reduce((sum, line) => sum + Number(line.split(" ")[0]), 0) / 1e6;
}

async function coldStart(options: BareLoopOptions, body: string): Promise<{ ms: number; processor: number }> {
  const agent = new http.Agent();
  const started = performance.now();
  const { address, pid, close } = await bareLoop(options);
  await ask(address, agent, body);
  const start = { ms: performance.now() - started, processor: processorTime(pid) };
  close();
  return start;
}

function median(numbers: readonly number[]): number {
  return [...numbers].sort((a, b) => a - b)[numbers.length >> 1] ?? Number.NaN;
}

async function measure({ endpoint, starts, blocks, requests }: Options): Promise<void> {
  const body = sampleOf(endpoint);
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), "paddock-evaluator-"));
  try {
    const variants = Object.entries(deploy(folder, endpoint));
    const cold = new Map<string, number[]>(variants.map(([name]) => [name, []]));
    const processor = new Map<string, number[]>(variants.map(([name]) => [name, []]));
    for (let start = 0; start < starts; start++) {
      for (const [name, options] of variants) {
        const taken = await coldStart(options, body);
        cold.get(name)?.push(taken.ms);
        processor.get(name)?.push(taken.processor);
      }
    }

    const agent = new http.Agent({ keepAlive: true });
    const running = await Promise.all(
      variants.map(async ([name, options]) => ({ name, ...(await bareLoop(options)) })),
    );
    const warm = new Map<string, number[]>(variants.map(([name]) => [name, []]));
    for (const { address } of running) for (let i = 0; i < 2_000; i++) await ask(address, agent, body);
    for (let block = 0; block < blocks; block++) {
      for (const { name, address } of running) {
        const times: number[] = [];
        for (let i = 0; i < requests; i++) times.push(await ask(address, agent, body));
        warm.get(name)?.push(median(times));
      }
    }
    for (const { close } of running) close();
    agent.destroy();

    const table: Record<string, Record<string, string>> = {};
    for (const [name] of variants) {
      const ratio = (of: Map<string, number[]>) => {
        const bare = of.get("bare Node.js") ?? [];
        return median((of.get(name) ?? []).map((ms, i) => ms / (bare[i] ?? Number.NaN))).toFixed(2);
      };
      table[name] = {
        "cold start": `${median(cold.get(name) ?? []).toFixed(0)} ms`,
        "to bare": ratio(cold),
        processor: `${median(processor.get(name) ?? []).toFixed(0)} ms`,
        "processor to bare": ratio(processor),
        warm: `${median(warm.get(name) ?? []).toFixed(3)} ms`,
        "warm to bare": ratio(warm),
      };
    }
    console.table(table);
  } finally {
    fs.rmSync(folder, { recursive: true, force: true });
  }
}

void command({
  usage: "tsx bench/evaluator.ts [options]",
  about: `Measures a bundled function with the evaluator in JavaScript, with ONNX Runtime, and an empty handler, each in a bare
runtime loop: the time from the process's start to its first answer, and that of warm requests, interleaved. The evaluator
also with --enable-source-maps, as the local cloud runs functions.`,
  options: {
    endpoint: option("NAME", "an endpoint with a model in its archive that the evaluator takes", "iris"),
    starts: wholeNumber([1, 1_000], "cold starts of each", 25),
    blocks: wholeNumber([1, 1_000], "blocks of warm requests", 20),
    requests: wholeNumber([1, 100_000], "requests a block", 200),
  },
  run: measure,
});
