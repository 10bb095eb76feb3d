import { execFileSync } from "node:child_process";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { LocalCloud } from "@paddock/local/cli";
import { makeGinormousModel } from "../bin/makeGinormousModel";
import { signedFetch } from "../test/helpers/http/signedFetch";
import { volumeProject } from "../test/helpers/program/volumeProject";

/**
 * Measures a model of 1 GiB: loaded by path with its weights mapped, by path as ONNX Runtime does by default, and as a
 * `Buffer`; then served from the volume by functions of 512 MB on the local cloud. Takes 4 GB of disk under
 * `.paddock/bench` and in the temporary folder, and 4 GB of memory for the last way of loading.
 *
 *     npx tsx bench/ginormous.ts
 */

const MODEL = path.resolve(__dirname, "../.paddock/bench/ginormous");
const SIDE = 16_384;

interface Measured {
  readonly way: string;
  readonly loadMs: number;
  readonly runMs: number;
  /** Private memory of the process: it counts against a function's memory. */
  readonly privateMib: number;
  /** Pages of files, shared and dropped when needed. */
  readonly mappedMib: number;
}

/** Each way of loading runs in its own process. */
function measureLoading(): Measured[] {
  const ways = ["mapped", "default", "buffer"];
  return ways.map((way) => {
    const script = path.join(__dirname, "loadGinormous.ts");
    const args = ["--import", require.resolve("tsx"), script, way, MODEL];
    return JSON.parse(execFileSync(process.execPath, args, { encoding: "utf8" }));
  });
}

interface ServedResponse {
  readonly privateMib: number;
  readonly mapped: readonly string[];
}

async function measureServing(): Promise<void> {
  const folder = fs.mkdtempSync(path.join(fs.realpathSync(os.tmpdir()), "paddock-bench-"));
  const projectDir = await volumeProject({ inputs: SIDE, outputs: SIDE }, folder);
  const dataDir = path.join(projectDir, "data");
  const lines: string[] = [];
  const started = performance.now();
  const cloud = await LocalCloud.start({
    projectDir,
    stack: "dev",
    dataDir,
    basePort: 4900,
    onLog: ({ line }) => lines.push(line),
  });
  try {
    const copied = lines.find((line) => line.includes('"status":"copied"')) ?? "{}";
    console.log(`deployed in ${seconds(started)}, of which the copy took ${JSON.parse(copied).ms} ms`);
    const signing = { credentials: cloud.rootKey, service: "lambda", region: "eu-west-1" } as const;
    for (const name of ["one", "two", "one", "two"]) {
      const url = `${cloud.outputs.lambdaEndpoint}/2015-03-31/functions/${cloud.outputs[name]}/invocations?Qualifier=live`;
      const began = performance.now();
      const response = (await (await signedFetch(url, "{}", signing)).json()) as ServedResponse;
      console.log(
        `${name} (512 MB) answered in ${Math.round(performance.now() - began)} ms, ${response.privateMib} MiB of its own, mapping inode ${response.mapped}`,
      );
    }
  } finally {
    await cloud.close();
    fs.rmSync(projectDir, { recursive: true, force: true });
  }
}

function seconds(since: number): string {
  return `${((performance.now() - since) / 1000).toFixed(1)} s`;
}

async function main(): Promise<void> {
  if (!fs.existsSync(path.join(MODEL, "model.onnx"))) {
    await makeGinormousModel(MODEL, { inputs: SIDE, outputs: SIDE });
  }
  console.table(measureLoading());
  await measureServing();
}

void main();
