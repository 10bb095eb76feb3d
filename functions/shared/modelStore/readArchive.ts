import { createReadStream } from "node:fs";
import path from "node:path";
import { PassThrough, pipeline, Readable } from "node:stream";
import { buffer } from "node:stream/consumers";
import { createGunzip, gunzipSync } from "node:zlib";
import { extract } from "tar-stream";
import { shown } from "../shown";
import { asOnnx } from "../trees/asOnnx";
import { BrokenModel } from "./brokenModel";
import { compressionOf } from "./compressionOf";
import { conversion } from "./lazyConversion";
import type { FileBeside } from "./placeExternalFiles";
import { inMemory, type SpooledModel, spool } from "./spool";

/** Linear Learner's files are held in memory: a matrix of 4 million weights. */
const MAX_LINEAR_LEARNER_BYTES = 16 * 1024 * 1024;

/** Files beside the model are harmless; thousands of them are not. */
const MAX_ENTRIES = 100;
/** Headers, padding and files beside the model. */
const MAX_OTHER_BYTES = 1024 * 1024;

/** Also reads tar files from before 1988; the package's types omit this option. */
export const OLDEST_TAR = { allowUnknownFormat: true } as Parameters<typeof extract>[0];

/** The file that SageMaker's XGBoost container writes: https://docs.aws.amazon.com/sagemaker/latest/dg/xgboost.html */
const SAGEMAKER_XGBOOST = "xgboost-model";

const MODEL = "model.onnx";

/** An archive's content. */
export interface ArchivedModel extends SpooledModel {
  /** Reads the files with weights that came with the model. */
  readonly beside: FileBeside;
}

/**
 * Reads the model of a `model.tar.gz`, at its root or one folder down: `model.onnx`; a model of XGBoost or LightGBM
 * (SageMaker's `xgboost-model`, or `model.json`, `model.ubj`, `model.txt`); or what SageMaker's Linear Learner writes
 * (`model_algo-1`, or its files themselves, as older versions do). The latter are turned into ONNX. Other files, which
 * may hold weights, are kept in the temporary folder, under other names, until the model is disposed of.
 *
 * @param maxBytes      The most bytes of model and weights.
 * @throws BrokenModel  Truncated, too large, too many files, or with names or links that lead out of the archive.
 * @throws Error        The file system's, if a large model cannot be written.
 */
export async function readArchive(archive: Readable, maxBytes: number): Promise<ArchivedModel> {
  const entries = extract(OLDEST_TAR);
  const files = new Map<string, SpooledModel>();
  const linearLearner = new Map<string, Buffer>();
  const dispose = async () => {
    for (const file of files.values()) await file.dispose();
  };
  let count = 0;
  try {
    const { chunks, whole, isGzip } = await compressionOf(archive);
    const small = whole && isGzip ? gunzipSmall(whole) : whole;
    if (small !== undefined) {
      entries.end(small);
    } else {
      // An error upstream also ends the entries with that error.
      const tar = pipeline(chunks, isGzip ? createGunzip() : new PassThrough(), () => {});
      pipeline(tar, limited(maxBytes + MAX_OTHER_BYTES), entries, () => {});
    }
    for await (const entry of entries) {
      const { name, type, size = 0 } = entry.header;
      if (++count > MAX_ENTRIES) throw new BrokenModel(`The archive has more than ${MAX_ENTRIES} files`);
      const file = fileName(name, type);
      if (file === "" || files.has(file)) {
        entry.resume();
      } else if (isLinearLearner(path.basename(file))) {
        if (size > MAX_LINEAR_LEARNER_BYTES)
          throw new BrokenModel(`${file} has ${size} bytes; at most ${MAX_LINEAR_LEARNER_BYTES} are taken`);
        linearLearner.set(path.basename(file), await buffer(entry));
      } else {
        const chunks = entry as AsyncIterable<Uint8Array>;
        const isServed = isModel(file) || isTrees(file);
        files.set(
          file,
          await (isServed ? spool(chunks, maxBytes) : spool(chunks, Number.POSITIVE_INFINITY, 0)),
        );
      }
    }
    return { ...(await choose(files, linearLearner, maxBytes)), dispose, beside: besideIn(files) };
  } catch (cause) {
    archive.destroy();
    await dispose();
    // A full disk is not the archive's fault.
    if (cause instanceof BrokenModel || "syscall" in (cause as Error)) throw cause;
    throw new BrokenModel(`The archive cannot be read: ${(cause as Error).message}`, { cause });
  }
}

/** Selects the ONNX model, otherwise a model of trees, otherwise Linear Learner's, which becomes ONNX. */
async function choose(
  files: ReadonlyMap<string, SpooledModel>,
  linearLearner: ReadonlyMap<string, Buffer>,
  maxBytes: number,
): Promise<Omit<SpooledModel, "dispose">> {
  const [onnx] = modelPaths(files);
  if (onnx !== undefined) return files.get(onnx) as SpooledModel;
  for (const [file, trees] of files) {
    // SageMaker's container uses the rounds up to the best one.
    const bestIteration = path.basename(file) === SAGEMAKER_XGBOOST ? true : undefined;
    if (isTrees(file)) return asOnnx(trees, maxBytes, { bestIteration });
  }
  return inMemory(readLinearLearner(linearLearner, [...files.keys()]));
}

/** Reads files of the folder that the archive's model lies in. */
function besideIn(files: ReadonlyMap<string, SpooledModel>): FileBeside {
  return async (name) => {
    const [model = ""] = modelPaths(files);
    const file = files.get(`${model.slice(0, -MODEL.length)}${name}`)?.model;
    return typeof file === "string" ? createReadStream(file) : file && Readable.from([file]);
  };
}

const depthOf = (file: string) => file.split("/").length;

/** Lists paths of ONNX models, one at the root first. */
function modelPaths(files: ReadonlyMap<string, SpooledModel>): string[] {
  return [...files.keys()].filter(isModel).sort((a, b) => depthOf(a) - depthOf(b));
}

/** Unpacks an archive at once, without streams; `undefined` where a tar is not small. */
function gunzipSmall(archive: Buffer): Buffer | undefined {
  try {
    return gunzipSync(archive, { maxOutputLength: MAX_OTHER_BYTES });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ERR_BUFFER_TOO_LARGE") return undefined;
    throw error;
  }
}

/** Ends a stream that exceeds `maxBytes`: a few kilobytes of gzip can hold gigabytes. */
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

/** Returns the entry's path in the archive without `./`; "" for a folder, or an entry such as a volume label. */
function fileName(name: string, type: string | null | undefined): string {
  if (type === null) return "";
  if (type !== undefined && type !== "file" && type !== "contiguous-file" && type !== "directory") {
    throw new BrokenModel(`${shown(name)} in the archive is a ${type}; only files are taken`);
  }
  if (name.startsWith("/") || name.includes("\\") || name.includes("\0") || name.split("/").includes("..")) {
    throw new BrokenModel(`${shown(name)} in the archive leads out of it`);
  }
  return type === "directory" ? "" : name.replace(/^(\.\/)+/, "");
}

function isModel(file: string): boolean {
  return path.basename(file) === MODEL && depthOf(file) <= 2;
}

function isTrees(file: string): boolean {
  const name = path.basename(file);
  return (name === SAGEMAKER_XGBOOST || /^model\.(json|ubj|txt)$/.test(name)) && depthOf(file) <= 2;
}

function isLinearLearner(file: string): boolean {
  return file === "model_algo-1" || /^mx-mod-(symbol\.json|\d{4}\.params)$/.test(file);
}

function readLinearLearner(files: ReadonlyMap<string, Buffer>, others: readonly string[]): Buffer {
  const { linearLearnerToOnnx, readModelZip } = conversion();
  const zip = files.get("model_algo-1");
  const all = zip === undefined ? files : readModelZip(zip, MAX_LINEAR_LEARNER_BYTES);
  const symbol = all.get("mx-mod-symbol.json");
  const params = [...all].find(([name]) => name.endsWith(".params"))?.[1];
  if (symbol !== undefined && params !== undefined) return linearLearnerToOnnx(symbol, params);
  const misnamed = others.find((file) => file.endsWith(".onnx"));
  throw new BrokenModel(
    misnamed === undefined
      ? "The archive holds neither model.onnx nor a model of XGBoost or LightGBM (xgboost-model, model.json, model.ubj, model.txt) nor one of Linear Learner (model_algo-1 with mx-mod-symbol.json and mx-mod-0000.params)"
      : `The archive holds ${shown(misnamed)}: its model must be ${MODEL}, at its root or one folder down`,
  );
}
