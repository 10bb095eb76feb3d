import { pipeline, type Readable } from "node:stream";
import { buffer } from "node:stream/consumers";
import { createGunzip } from "node:zlib";
import { extract } from "tar-stream";
import { linearLearnerToOnnx } from "../linearLearner/linearLearnerToOnnx";
import { readModelZip } from "../linearLearner/readModelZip";
import { asOnnx } from "../trees/asOnnx";
import { BrokenModel } from "./brokenModel";
import { type SpooledModel, spool } from "./spool";

/** Linear Learner's files, which are held in memory: a matrix of 4 million weights. */
const MAX_LINEAR_LEARNER_BYTES = 16 * 1024 * 1024;

/** Files beside the model are no harm, thousands of them are. */
const MAX_ENTRIES = 100;
/** Headers, padding and files beside the model. */
const MAX_OTHER_BYTES = 1024 * 1024;

/** What SageMaker's XGBoost container writes: https://docs.aws.amazon.com/sagemaker/latest/dg/xgboost.html */
const SAGEMAKER_XGBOOST = "xgboost-model";

/**
 * Reads the model of a `model.tar.gz`: `model.onnx`; a model of XGBoost or LightGBM (SageMaker's `xgboost-model`, or
 * `model.json`, `model.ubj`, `model.txt`); or what SageMaker's Linear Learner writes (`model_algo-1`, or its files
 * themselves, as older versions do). The latter are turned into ONNX. Nothing else is ever written anywhere.
 *
 * @param maxBytes      Of the model.
 * @throws BrokenModel  Truncated, too large, too many files, or with names or links that lead out of the archive.
 * @throws Error        Of the file system, where a large model cannot be written.
 */
export async function readArchive(archive: Readable, maxBytes: number): Promise<SpooledModel> {
  const entries = extract();
  // What fails in front ends the entries too, with the error.
  pipeline(archive, createGunzip(), limited(maxBytes + MAX_OTHER_BYTES), entries, () => {});
  const linearLearner: Record<string, Buffer> = {};
  let model: SpooledModel | undefined;
  let trees: SpooledModel | undefined;
  let count = 0;
  try {
    for await (const entry of entries) {
      const { name, type, size = 0 } = entry.header;
      if (++count > MAX_ENTRIES) throw new BrokenModel(`The archive has more than ${MAX_ENTRIES} files`);
      const file = fileName(name, type ?? "file");
      if (file === "model.onnx" && model === undefined) {
        model = await spool(entry as AsyncIterable<Uint8Array>, maxBytes);
      } else if (isTrees(file) && trees === undefined) {
        // SageMaker's container answers with the rounds up to the best one.
        const options = { bestIteration: file === SAGEMAKER_XGBOOST ? true : undefined };
        trees = await spool(entry as AsyncIterable<Uint8Array>, maxBytes);
        trees = await asOnnx(trees, maxBytes, options);
      } else if (isLinearLearner(file)) {
        if (size > MAX_LINEAR_LEARNER_BYTES)
          throw new BrokenModel(`${file} has ${size} bytes; at most ${MAX_LINEAR_LEARNER_BYTES} are taken`);
        linearLearner[file] = await buffer(entry);
      } else {
        entry.resume();
      }
    }
    if (model !== undefined) await trees?.dispose();
    return model ?? trees ?? inMemory(readLinearLearner(linearLearner));
  } catch (cause) {
    archive.destroy();
    await model?.dispose();
    await trees?.dispose();
    // A full disk is not the archive's fault.
    if (cause instanceof BrokenModel || "syscall" in (cause as Error)) throw cause;
    throw new BrokenModel(`The archive cannot be read: ${(cause as Error).message}`, { cause });
  }
}

/** Ends a stream that passes `maxBytes`: a few kilobytes of gzip can hold gigabytes. */
function limited(maxBytes: number) {
  return async function* (chunks: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
    let bytes = 0;
    for await (const chunk of chunks) {
      bytes += chunk.length;
      if (bytes > maxBytes) throw new BrokenModel(`The archive holds more than ${maxBytes} bytes`);
      yield chunk;
    }
  };
}

/** The entry's path in the archive without `./`; "" for a folder. */
function fileName(name: string, type: string): string {
  if (type !== "file" && type !== "contiguous-file" && type !== "directory") {
    throw new BrokenModel(`${JSON.stringify(name)} in the archive is a ${type}; only files are taken`);
  }
  if (name.startsWith("/") || name.includes("\\") || name.includes("\0") || name.split("/").includes("..")) {
    throw new BrokenModel(`${JSON.stringify(name)} in the archive leads out of it`);
  }
  return type === "directory" ? "" : name.replace(/^(\.\/)+/, "");
}

function isTrees(file: string): boolean {
  return file === SAGEMAKER_XGBOOST || /^model\.(json|ubj|txt)$/.test(file);
}

function isLinearLearner(file: string): boolean {
  return file === "model_algo-1" || /^mx-mod-(symbol\.json|\d{4}\.params)$/.test(file);
}

function readLinearLearner(files: Readonly<Record<string, Buffer>>): Buffer {
  const zip = files["model_algo-1"];
  const all = zip === undefined ? files : readModelZip(zip, MAX_LINEAR_LEARNER_BYTES);
  const symbol = all["mx-mod-symbol.json"];
  const params = Object.entries(all).find(([name]) => name.endsWith(".params"))?.[1];
  if (symbol === undefined || params === undefined) {
    throw new BrokenModel(
      "The archive holds neither model.onnx nor a model of XGBoost or LightGBM (xgboost-model, model.json, model.ubj, model.txt) nor one of Linear Learner (model_algo-1 with mx-mod-symbol.json and mx-mod-0000.params)",
    );
  }
  return linearLearnerToOnnx(symbol, params);
}

function inMemory(model: Buffer): SpooledModel {
  return { model, bytes: model.length, dispose: async () => {} };
}
