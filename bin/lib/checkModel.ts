import fs from "node:fs";
import path from "node:path";
import { Tensor } from "onnxruntime-node";
import { type ModelSignature, modelSignature } from "../../functions/open-inference/modelSignature";
import card from "../../functions/pricing/model/card.json";
import { predict } from "../../functions/pricing/predict";
import { BrokenModel } from "../../functions/shared/modelStore/brokenModel";
import { isArchive } from "../../functions/shared/modelStore/isArchive";
import type { FetchedModel } from "../../functions/shared/modelStore/modelSource";
import { type OpenModel, openModel } from "../../functions/shared/modelStore/openModel";
import { readArchive } from "../../functions/shared/modelStore/readArchive";
import { explainRunError } from "../../functions/shared/onnx/explainRunError";
import { asOnnx } from "../../functions/shared/trees/asOnnx";
import { compareEvaluator } from "./compareEvaluator";
import type { PushedFiles } from "./pushModel";

/** A function with the most memory can load a model of about this size. */
const MAX_BYTES = 1024 ** 3;

export interface ModelChecks {
  /** Whether it has to score rides, in addition to having tensors as outputs. */
  readonly breed: boolean;
  /** Rows that the model must accept, from its own input example. */
  readonly rows?: readonly (readonly number[])[] | undefined;
  /** The largest file that the endpoint loads. @default 1 GiB */
  readonly maxBytes?: number | undefined;
}

export interface CheckedModel {
  readonly signature: ModelSignature;
  /** Why the evaluator may not serve it; `undefined` where it may. */
  readonly onlyOnnxRuntime: string | undefined;
}

/** The evaluator keeps a model in memory and is for small ones: larger ones are not compared with it. */
const MAX_COMPARED_BYTES = 32 * 1024 ** 2;

/**
 * Loads a model as the functions will, so that one that cannot be served is never uploaded.
 *
 * @param files  ONNX, a model of trees, or an archive, with the files that hold its weights.
 * @returns What it takes and returns, and why only ONNX Runtime can serve it.
 * @throws Error  What is wrong with the model, in one line.
 */
export async function checkModel(
  files: PushedFiles,
  { breed, rows, maxBytes = MAX_BYTES }: ModelChecks,
): Promise<CheckedModel> {
  const name = path.basename(files.file);
  try {
    const opened = await openModel(name, fetchedFrom(files), { maxBytes, make: () => {} });
    try {
      const signature = modelSignature(opened.session, opened.facts());
      if (rows) await checkRows(opened, rows);
      if (breed) await predict(opened.session, card.samples[0]?.request as Parameters<typeof predict>[1]);
      return { signature, onlyOnnxRuntime: await whyNotEvaluable(files.file, opened) };
    } finally {
      await opened.session.release();
    }
  } catch (cause) {
    if (!(cause instanceof BrokenModel)) throw cause;
    throw new Error(`${name} cannot be served. ${cause.message}`, { cause });
  }
}

/** Compares the evaluator with ONNX Runtime on the model's ONNX form. */
async function whyNotEvaluable(
  file: string,
  { session, bytes, facts }: OpenModel,
): Promise<string | undefined> {
  if (bytes > MAX_COMPARED_BYTES) return `it has over ${MAX_COMPARED_BYTES} bytes`;
  if (facts().externalFiles.length > 0) return "its weights lie in other files";
  const spooled = isArchive(file)
    ? await readArchive(fs.createReadStream(file), MAX_BYTES)
    : { model: file, bytes: fs.statSync(file).size, dispose: async () => {} };
  try {
    const { model } = await asOnnx(spooled, MAX_BYTES);
    return await compareEvaluator(typeof model === "string" ? fs.readFileSync(model) : model, session);
  } finally {
    await spooled.dispose();
  }
}

/** Presents files as objects of the bucket. */
function fetchedFrom({ file, beside = [] }: PushedFiles): FetchedModel {
  const { size, mtimeMs } = fs.statSync(file);
  return {
    version: `${fs.realpathSync(file)} ${mtimeMs}`,
    bytes: size,
    stream: fs.createReadStream(file),
    beside: async (name) => {
      const weights = beside.find((each) => path.basename(each) === name);
      return weights === undefined ? undefined : fs.createReadStream(weights);
    },
  };
}

async function checkRows({ session, facts }: OpenModel, rows: readonly (readonly number[])[]): Promise<void> {
  const [input = ""] = session.inputNames;
  const shape = modelSignature(session, facts()).inputs[0]?.shape;
  const columns = rows[0]?.length ?? 0;
  const wanted = shape?.[1] ?? -1;
  if (shape !== undefined && (shape.length !== 2 || (wanted !== -1 && wanted !== columns))) {
    throw new BrokenModel(`It takes [${shape}], its input example has rows of ${columns} values`);
  }
  const values = Float32Array.from(rows.flat());
  const feeds = { [input]: new Tensor("float32", values, [rows.length, columns]) };
  await session.run(feeds).catch((cause: Error) => {
    throw new BrokenModel(`It does not take its input example: ${explainRunError(cause.message)}`, { cause });
  });
}
