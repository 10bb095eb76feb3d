import fs from "node:fs";
import path from "node:path";
import { InferenceSession } from "onnxruntime-node";
import { modelStoreFromEnv } from "../../functions/shared/modelStore/modelStoreFromEnv";
import { volumeSource } from "../../functions/shared/modelStore/volumeSource";
import { type Job, type Jobs, serveJob, timed } from "../lib/jobs";

/** Jobs of `bench/suite/largeModel.ts` and `largeModelMemory.ts`, whose sample is what `SAMPLE` says. */

const { MODEL_VOLUME = "", MODEL_PATH = "", MODEL_FILE = "", MODEL_IN_ONE_FILE = "", SAMPLE } = process.env;

/** The best that ONNX Runtime has for weights beside the model: they stay in the mapped file. */
const MAPPED: InferenceSession.SessionOptions = {
  intraOpNumThreads: 1,
  logSeverityLevel: 3,
  extra: { session: { disable_prepacking: "1" } },
};

function loading(load: () => Promise<unknown>): Job {
  if (SAMPLE === "ms") return async () => timed(load);
  return async () => async () => {
    const before = privateMib();
    // What it loaded has to be there still when memory is read.
    const loaded = await load();
    return loaded === undefined ? Number.NaN : privateMib() - before;
  };
}

/** Private memory of the process by Linux, which counts against a function's memory; pages of files do not. */
function privateMib(): number {
  const status = fs.readFileSync("/proc/self/status", "utf8");
  return Number(/RssAnon:\s+(\d+)/.exec(status)?.[1]) / 1024;
}

const jobs: Jobs = {
  volume: loading(() => modelStoreFromEnv(volumeSource(MODEL_VOLUME)).acquire(MODEL_PATH)),
  bare: loading(() => InferenceSession.create(MODEL_FILE, MAPPED)),
  defaults: loading(() => InferenceSession.create(MODEL_FILE)),
  buffer: loading(async () =>
    InferenceSession.create(await fs.promises.readFile(path.resolve(MODEL_IN_ONE_FILE))),
  ),
};

void serveJob(jobs);
