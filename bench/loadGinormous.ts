import fs from "node:fs";
import path from "node:path";
import { type InferenceSession, Tensor } from "onnxruntime-node";
import { encodeOnnxModel } from "../functions/shared/onnxProto";
import { createSession } from "../functions/shared/session";

/** Child process of `bench/ginormous.ts`: loads the model one way, runs it once, and prints what that took. */

const [way = "", folder = ""] = process.argv.slice(2);
const SIDE = 16_384;

function load(): Promise<InferenceSession> {
  const file = path.join(folder, "model.onnx");
  if (way === "mapped") return createSession(file, { extra: { session: { disable_prepacking: "1" } } });
  if (way === "default") return createSession(file);
  const model = encodeOnnxModel({
    name: "ginormous",
    nodes: [{ op: "MatMul", inputs: ["x", "W"], outputs: ["y"] }],
    inputs: [{ name: "x", type: "FLOAT", shape: [1, SIDE] }],
    outputs: [{ name: "y", type: "FLOAT", shape: [1, SIDE] }],
    initializers: [
      {
        name: "W",
        type: "FLOAT",
        dims: [SIDE, SIDE],
        data: fs.readFileSync(path.join(folder, "weights.bin")),
      },
    ],
  });
  return createSession(model);
}

/** MiB by `/proc/self/status`; 0 where that is not there. */
function memory(field: "RssAnon" | "RssFile"): number {
  if (process.platform !== "linux") return 0;
  const status = fs.readFileSync("/proc/self/status", "utf8");
  return Math.round(Number(new RegExp(`${field}:\\s+(\\d+)`).exec(status)?.[1]) / 1024);
}

async function main(): Promise<void> {
  const [privateBefore, mappedBefore] = [memory("RssAnon"), memory("RssFile")];
  const started = performance.now();
  const session = await load();
  const loaded = performance.now();
  await session.run({ x: new Tensor("float32", new Float32Array(SIDE).fill(1), [1, SIDE]) });
  const ran = performance.now();
  const measured = {
    way,
    loadMs: Math.round(loaded - started),
    runMs: Math.round(ran - loaded),
    privateMib: memory("RssAnon") - privateBefore,
    mappedMib: memory("RssFile") - mappedBefore,
  };
  process.stdout.write(JSON.stringify(measured));
}

void main();
