import fs from "node:fs";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { buffer } from "node:stream/consumers";
import { gzipSync } from "node:zlib";
import { pack } from "tar-stream";
import { isArchive } from "../../functions/shared/modelStore/isArchive";
import { readArchive } from "../../functions/shared/modelStore/readArchive";
import { HEAD_BYTES, modelFormat } from "../../functions/shared/trees/modelFormat";
import type { ServedFormat } from "./modelObjects";
import { readMlflowFolder } from "./readMlflowFolder";

/** A model on this machine in the form in which its endpoint takes it. */
export interface LocalModel {
  readonly file: string;
  readonly format: ServedFormat;
  /** Rows that it has to take, as its owner says. */
  readonly rows: readonly (readonly number[])[] | undefined;
  /** Deletes what was made of it. */
  dispose(): Promise<void>;
}

/** Of a model in an archive: what a function with the most memory holds. */
const MAX_ARCHIVED_BYTES = 1024 ** 3;

/**
 * Finds a model's file, and makes of it what its endpoint takes: an archive of a breed's, a file of any other.
 *
 * @param named  A model's file, an archive, or MLflow's folder.
 * @throws Error  There is no such model, or it is of a format that nothing here reads.
 */
export async function localModel(named: string, kind: "model" | "breed"): Promise<LocalModel> {
  if (!fs.existsSync(named)) throw new Error(`There is no file ${named}.`);
  const { file, rows } = fs.statSync(named).isDirectory()
    ? readMlflowFolder(named)
    : { file: named, rows: undefined };
  const archived = isArchive(file);
  const format = archived ? "onnx" : formatOf(file);
  if (archived === (kind === "breed")) return { file, format, rows, dispose: async () => {} };

  const folder = await mkdtemp(path.join(os.tmpdir(), "model-"));
  const dispose = () => rm(folder, { recursive: true, force: true });
  try {
    if (archived) return { file: await unpack(file, folder), format, rows, dispose };
    return { file: await packAlone(file, format, folder), format, rows, dispose };
  } catch (error) {
    await dispose();
    throw error;
  }
}

function formatOf(file: string): ServedFormat {
  const head = Buffer.alloc(HEAD_BYTES);
  const descriptor = fs.openSync(file, "r");
  const length = fs.readSync(descriptor, head);
  fs.closeSync(descriptor);
  const format = modelFormat(head.subarray(0, length));
  if (typeof format === "object") throw new Error(`${file} cannot be served. ${format.refused}.`);
  return format;
}

/** The archive's model as ONNX, whatever it was. */
async function unpack(archive: string, folder: string): Promise<string> {
  const { model, dispose } = await readArchive(fs.createReadStream(archive), MAX_ARCHIVED_BYTES);
  try {
    const file = path.join(folder, "model.onnx");
    if (typeof model === "string") await fs.promises.copyFile(model, file);
    else await writeFile(file, model);
    return file;
  } finally {
    await dispose();
  }
}

async function packAlone(file: string, format: ServedFormat, folder: string): Promise<string> {
  const tar = pack();
  tar.entry({ name: `model.${format}` }, fs.readFileSync(file));
  tar.finalize();
  const archive = path.join(folder, "model.tar.gz");
  await writeFile(archive, gzipSync(await buffer(tar)));
  return archive;
}
