import { createReadStream } from "node:fs";
import { copyFile, link, mkdtemp, readFile, rm, stat } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { type InferenceSession, Tensor } from "onnxruntime-node";
import { modelSignature } from "../../functions/open-inference/modelSignature";
import card from "../../functions/pricing/model/card.json";
import { predict } from "../../functions/pricing/predict";
import { isArchive } from "../../functions/shared/modelStore/isArchive";
import { readArchive } from "../../functions/shared/modelStore/readArchive";
import type { SpooledModel } from "../../functions/shared/modelStore/spool";
import { createSession } from "../../functions/shared/session";
import { asOnnx } from "../../functions/shared/trees/asOnnx";
import { compareEvaluator } from "./compareEvaluator";

/** Of a model in an archive: what a function with the most memory holds. */
const MAX_ARCHIVED_BYTES = 1024 ** 3;

/** The evaluator keeps a model in memory, and is for small ones: larger ones are not compared with it. */
const MAX_COMPARED_BYTES = 32 * 1024 ** 2;

/**
 * Loads a model as the functions will, so that a broken one is never uploaded.
 *
 * @param breed   Whether it has to score rides, beside being a model whose outputs are tensors.
 * @param rows    What it has to take.
 * @returns       Why only ONNX Runtime may serve it; `undefined` where the evaluator may.
 * @throws Error  What is wrong with it, in one line.
 */
export async function checkModel(
  file: string,
  { breed, rows }: { breed: boolean; rows?: readonly (readonly number[])[] | undefined },
): Promise<string | undefined> {
  const spooled = isArchive(file)
    ? await readArchive(createReadStream(file), MAX_ARCHIVED_BYTES)
    : await alone(file);
  try {
    const { model, bytes } = await asOnnx(spooled, MAX_ARCHIVED_BYTES);
    const session = await createSession(model).catch((cause: Error) => {
      // The copy's path is nothing its owner knows.
      const reason = typeof model === "string" ? cause.message.replaceAll(model, file) : cause.message;
      throw new Error(`${file} is no model that ONNX Runtime takes: ${reason}`, { cause });
    });
    try {
      modelSignature(session);
      if (rows) await checkRows(session, rows);
      if (breed) await checkScore(session);
      if (bytes > MAX_COMPARED_BYTES) return `it has over ${MAX_COMPARED_BYTES} bytes`;
      return await compareEvaluator(typeof model === "string" ? await readFile(model) : model, session);
    } finally {
      await session.release();
    }
  } finally {
    await spooled.dispose();
  }
}

/** In a folder of its own: weights that lie beside it here, as external data, will not lie beside it in the bucket. */
async function alone(file: string): Promise<SpooledModel> {
  const folder = await mkdtemp(path.join(os.tmpdir(), "model-"));
  const dispose = () => rm(folder, { recursive: true, force: true });
  const model = path.join(folder, "model.onnx");
  try {
    await link(file, model).catch(() => copyFile(file, model));
  } catch (error) {
    await dispose();
    throw error;
  }
  return { model, bytes: (await stat(model)).size, dispose };
}

async function checkRows(session: InferenceSession, rows: readonly (readonly number[])[]): Promise<void> {
  const [input = ""] = session.inputNames;
  const [{ shape = [] } = {}] = modelSignature(session).inputs;
  const columns = rows[0]?.length ?? 0;
  const wanted = shape[1] ?? -1;
  if (shape.length !== 2 || (wanted !== -1 && wanted !== columns)) {
    throw new Error(`The model takes [${shape}], its input example has rows of ${columns} values.`);
  }
  const values = Float32Array.from(rows.flat());
  await session
    .run({ [input]: new Tensor("float32", values, [rows.length, columns]) })
    .catch((cause: Error) => {
      throw new Error(`The model does not take its input example: ${cause.message}`, { cause });
    });
}

async function checkScore(session: InferenceSession): Promise<void> {
  const [sample] = card.samples;
  if (sample === undefined) return;
  await predict(session, sample.request).catch((cause: Error) => {
    throw new Error(`The model does not score rides of six features: ${cause.message}`, { cause });
  });
}
