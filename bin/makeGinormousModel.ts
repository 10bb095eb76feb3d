import { createWriteStream } from "node:fs";
import { mkdir, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import { pipeline } from "node:stream/promises";
import { command, wholeNumber } from "@paddock/local/command";
import { encodeOnnxModel } from "../functions/shared/onnxProto";

/** Size of the one weight matrix; its file takes `inputs * outputs * 4` bytes. */
export interface GinormousShape {
  /** Length of `x`. @default 16384 */
  readonly inputs?: number;
  /** Length of `y`. @default 16384, with 16384 inputs 1 GiB */
  readonly outputs?: number;
}

/** The rows of weights repeat after this many; a prime, so that the pattern meets no power of two. */
const PERIOD = 251;

/**
 * Makes `model.onnx` (y[1, outputs] = x[1, inputs] · W) and `weights.bin` beside it in `folder`: a model
 * too large for a package, a `Buffer` or protobuf's 2 GiB, for tests and measurements of serving by path.
 *
 * W[i][j] = ((i + j) mod 251 − 125) / 128. These are exact in float32 and so are sums of thousands of
 * them, hence whole inputs have exact answers, whatever the order of additions. No part of the file is
 * a hole. Needs no Python. Leaves no half-made model: `model.onnx` is written last, and on failure
 * `weights.bin` is removed.
 */
export async function makeGinormousModel(
  folder: string,
  { inputs = 16384, outputs = 16384 }: GinormousShape = {},
): Promise<void> {
  const weights = path.join(folder, "weights.bin");
  await mkdir(folder, { recursive: true });
  await rm(path.join(folder, "model.onnx"), { force: true });
  try {
    await writeWeights(weights, inputs, outputs);
    await writeFile(path.join(folder, "model.onnx"), ginormousModel(inputs, outputs));
  } catch (error) {
    await rm(weights, { force: true }).catch(() => undefined); // The first error is the one to report.
    throw error;
  }
}

function ginormousModel(inputs: number, outputs: number): Buffer {
  return encodeOnnxModel({
    name: "ginormous",
    nodes: [{ op: "MatMul", inputs: ["x", "W"], outputs: ["y"] }],
    inputs: [{ name: "x", type: "FLOAT", shape: [1, inputs] }],
    outputs: [{ name: "y", type: "FLOAT", shape: [1, outputs] }],
    initializers: [
      { name: "W", type: "FLOAT", dims: [inputs, outputs], external: { location: "weights.bin" } },
    ],
  });
}

/** Every row is a window on one periodic line, a step further than the row before. */
async function writeWeights(file: string, inputs: number, outputs: number): Promise<void> {
  const line = Float32Array.from({ length: outputs + PERIOD }, (_, k) => ((k % PERIOD) - 125) / 128);
  function* rows() {
    for (let i = 0; i < inputs; i++) yield new Uint8Array(line.buffer, (i % PERIOD) * 4, outputs * 4);
  }
  await pipeline(rows, createWriteStream(file));
}

if (require.main === module) {
  const size = (what: string) => wholeNumber([1, 2 ** 20], `${what} (default 16384)`);
  void command({
    usage: "tsx bin/makeGinormousModel.ts FOLDER [options]",
    about: "Writes a model that is too large for a package: model.onnx and weights.bin, 1 GiB.",
    options: { inputs: size("length of `x`"), outputs: size("length of `y`") },
    words: [1, 1],
    async run(shape, [folder = ""]) {
      await makeGinormousModel(folder, shape);
      console.log(path.join(folder, "model.onnx"));
    },
  });
}
