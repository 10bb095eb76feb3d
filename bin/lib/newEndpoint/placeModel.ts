import fs from "node:fs";
import path from "node:path";
import { encodeOnnxModel } from "../../../functions/shared/onnxProto";
import { asOnnx } from "../../../functions/shared/trees/asOnnx";
import { localModel } from "../localModel";

/** For a model that is converted to ONNX. */
const MAX_CONVERTED_BYTES = 1024 ** 3;

/** Copies a model to its place as ONNX, with the files of its weights. @returns  What it wrote, the model first. */
export async function placeModel(given: string | undefined, place: string): Promise<string[]> {
  fs.mkdirSync(path.dirname(place), { recursive: true });
  if (given === undefined) {
    fs.writeFileSync(place, meanModel());
    return [place];
  }
  const { file, beside = [], changes, dispose } = await localModel(given, "model");
  try {
    for (const change of changes) process.stderr.write(`${change}\n`);
    const bytes = fs.statSync(file).size;
    const { model } = await asOnnx({ model: file, bytes, dispose: async () => {} }, MAX_CONVERTED_BYTES);
    if (typeof model === "string") fs.copyFileSync(model, place);
    else fs.writeFileSync(place, model);
    const weights = beside.map((each) => path.join(path.dirname(place), path.basename(each)));
    for (const [i, each] of beside.entries()) fs.copyFileSync(each, weights[i] ?? "");
    return [place, ...weights];
  } finally {
    await dispose();
  }
}

/** A model that stands in for one. */
function meanModel(): Buffer {
  return encodeOnnxModel({
    name: "mean",
    inputs: [{ name: "X", type: "FLOAT", shape: ["N", 4] }],
    outputs: [{ name: "score", type: "FLOAT", shape: ["N"] }],
    nodes: [
      {
        op: "ReduceMean",
        inputs: ["X"],
        outputs: ["score"],
        attributes: { axes: { ints: [1] }, keepdims: { int: 0 } },
      },
    ],
  });
}
