import fs from "node:fs";
import path from "node:path";
import { makeGinormousModel } from "../../bin/makeGinormousModel";
import { encodeOnnxModel } from "../../functions/shared/onnxProto";
import { versionFolder, writeManifest } from "../../functions/shared/volume/volumeManifest";
import type { Variant } from "./benchmark";
import { sampleOf } from "./jobs";

const MODEL = "ginormous";
/** Inputs and outputs of the one matrix, whose weights take 1 GiB. */
const SIDE = 16_384;

export const ABOUT_LARGE_MODEL = `A model of 1 GiB is loaded in a new process: by the model store from a volume (a folder
here), where its weights lie beside it as external data; by ONNX Runtime's \`InferenceSession.create\` with the path of the
same file, with the options that map its weights, and with its default ones; and from a \`Buffer\` of a file that has it
whole. The files are in the page cache.`;

export const FROM_VOLUME = "model store, from the volume";
export const BARE = "`create` by path, mapped";
export const BUFFER = "`create` from a `Buffer`";

/** Makes the model on a volume and in one file, and the ways to load it, each in a process of its own. */
export async function largeModelVariants(folder: string, sample: "ms" | "MiB"): Promise<Variant[]> {
  const version = versionFolder(path.join(folder, MODEL), "1");
  await makeGinormousModel(version, { inputs: SIDE, outputs: SIDE });
  await writeManifest(path.join(folder, MODEL), { version: "1", files: [], retired: {} });
  const oneFile = path.join(folder, "model.onnx");
  fs.writeFileSync(oneFile, modelInOneFile(path.join(version, "weights.bin")));

  const environment = {
    SAMPLE: sample,
    MODEL_VOLUME: folder,
    MODEL_PATH: `${MODEL}/model.onnx`,
    MODEL_FILE: path.join(version, "model.onnx"),
    MODEL_IN_ONE_FILE: oneFile,
  };
  const variant = (name: string, job: string, samples: number): Variant => ({
    name,
    start: async () => ({
      async round() {
        const taken: number[] = [];
        while (taken.length < samples) taken.push(await sampleOf({ file: "largeModel", job, environment }));
        return taken;
      },
    }),
  });
  return [
    variant(FROM_VOLUME, "volume", 3),
    variant(BARE, "bare", 3),
    variant("`create` by path, default options", "defaults", 1),
    variant(BUFFER, "buffer", 1),
  ];
}

function modelInOneFile(weights: string): Buffer {
  const data = fs.readFileSync(weights);
  return encodeOnnxModel({
    name: MODEL,
    nodes: [{ op: "MatMul", inputs: ["x", "W"], outputs: ["y"] }],
    inputs: [{ name: "x", type: "FLOAT", shape: [1, SIDE] }],
    outputs: [{ name: "y", type: "FLOAT", shape: [1, SIDE] }],
    initializers: [{ name: "W", type: "FLOAT", dims: [SIDE, SIDE], data }],
  });
}
