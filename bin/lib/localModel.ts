import fs from "node:fs";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { buffer } from "node:stream/consumers";
import { pipeline } from "node:stream/promises";
import { gzipSync } from "node:zlib";
import { pack } from "tar-stream";
import { BrokenModel } from "../../functions/shared/modelStore/brokenModel";
import { isArchive } from "../../functions/shared/modelStore/isArchive";
import { readArchive } from "../../functions/shared/modelStore/readArchive";
import { readOnnx } from "../../functions/shared/onnx/readOnnx";
import { HEAD_BYTES, modelFormat } from "../../functions/shared/trees/modelFormat";
import { mendOnnx } from "./mendOnnx";
import type { ServedFormat } from "./modelObjects";
import type { PushedFiles } from "./pushModel";
import { readMlflowFolder } from "./readMlflowFolder";
import { isFile, sizeOfFile } from "./sizeOfFile";
import { unpackMlflow } from "./unpackMlflow";

/** A model on this machine, in the form that its endpoint takes. */
export interface LocalModel extends PushedFiles {
  readonly format: ServedFormat;
  /** Rows that the model must accept, from its own input example. */
  readonly rows: readonly (readonly number[])[] | undefined;
  /** Sentences about what was changed in the model. */
  readonly changes: readonly string[];
  /** Deletes the temporary files. */
  dispose(): Promise<void>;
}

/** Limit for a model in an archive: what a function with the most memory can load. */
const MAX_ARCHIVED_BYTES = 1024 ** 3;

/**
 * Finds a model's file, and makes of it what its endpoint takes: an archive of a breed's, a file of any other. ONNX is
 * mended first.
 *
 * @param named  A model's file, an archive, or MLflow's folder, which may be in an archive.
 * @throws Error  There is no such model, or it is of a format that nothing here reads.
 */
export async function localModel(named: string, kind: "model" | "breed"): Promise<LocalModel> {
  if (!fs.existsSync(named)) throw new Error(`There is no file ${named}.`);
  if (!fs.statSync(named).isDirectory()) sizeOfFile(named);
  const folder = await mkdtemp(path.join(os.tmpdir(), "model-"));
  const dispose = () => rm(folder, { recursive: true, force: true });
  let file = named;
  try {
    const mlflow = isArchive(named) ? await unpackMlflow(named, path.join(folder, "mlflow")) : named;
    const isFolder = mlflow !== undefined && fs.statSync(mlflow).isDirectory();
    const example = isFolder ? readMlflowFolder(mlflow) : undefined;
    file = example?.file ?? named;
    const rows = example?.rows;
    const archived = isArchive(file);
    const format = archived ? "onnx" : formatOf(file);
    const found = archived ? await unpack(file, folder) : { file, beside: besideOf(file, format) };
    const { model, changes } =
      format === "onnx" ? mendOnnx(fs.readFileSync(found.file)) : { model: undefined, changes: [] };
    const common = { format, rows, changes, dispose };
    // What is as it should be goes up byte for byte.
    if (archived === (kind === "breed") && changes.length === 0)
      return { ...(archived ? { file } : found), ...common };
    const mended = changes.length === 0 ? found.file : path.join(folder, "mended.onnx");
    if (changes.length > 0 && model !== undefined) await writeFile(mended, model);
    if (kind === "model") return { ...found, file: mended, ...common };
    return { file: await packAlone({ ...found, file: mended }, format, folder), ...common };
  } catch (error) {
    await dispose();
    if (!(error instanceof BrokenModel)) {
      // What was unpacked is named by the archive that it came in.
      if (error instanceof Error)
        error.message = error.message.replaceAll(path.join(folder, "mlflow"), named);
      throw error;
    }
    throw new Error(`${path.basename(file)} cannot be served. ${error.message}`, { cause: error });
  }
}

function formatOf(file: string): ServedFormat {
  const head = Buffer.alloc(HEAD_BYTES);
  const descriptor = fs.openSync(file, "r");
  const length = fs.readSync(descriptor, head);
  fs.closeSync(descriptor);
  const format = modelFormat(head.subarray(0, length));
  if (typeof format === "object") throw new Error(`${file} cannot be served. ${format.rejected}.`);
  return format;
}

/** Finds the files with a model's weights, those that are there: the check says what is missing. */
function besideOf(file: string, format: ServedFormat): string[] {
  if (format !== "onnx") return [];
  return readOnnx(file)
    .externalFiles.filter(isFileName)
    .map((name) => path.join(path.dirname(file), name))
    .filter(isFile);
}

function isFileName(name: string): boolean {
  return path.basename(name) === name;
}

/** Writes the archive's model as ONNX, whatever it was, with the files that hold its weights. */
async function unpack(archive: string, folder: string): Promise<Required<PushedFiles>> {
  const { model, beside, dispose } = await readArchive(fs.createReadStream(archive), MAX_ARCHIVED_BYTES);
  try {
    const file = path.join(folder, "model.onnx");
    if (typeof model === "string") await fs.promises.copyFile(model, file);
    else await writeFile(file, model);
    const weights: string[] = [];
    for (const name of readOnnx(file).externalFiles.filter(isFileName)) {
      const content = await beside(name);
      if (content === undefined) continue;
      weights.push(path.join(folder, name));
      await pipeline(content, fs.createWriteStream(path.join(folder, name)));
    }
    return { file, beside: weights };
  } finally {
    await dispose();
  }
}

async function packAlone(
  { file, beside = [] }: PushedFiles,
  format: ServedFormat,
  folder: string,
): Promise<string> {
  const tar = pack();
  tar.entry({ name: `model.${format}` }, fs.readFileSync(file));
  for (const weights of beside) tar.entry({ name: path.basename(weights) }, fs.readFileSync(weights));
  tar.finalize();
  const archive = path.join(folder, "model.tar.gz");
  await writeFile(archive, gzipSync(await buffer(tar)));
  return archive;
}
