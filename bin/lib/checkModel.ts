import { createReadStream } from "node:fs";
import type { InferenceSession } from "onnxruntime-node";
import { modelSignature } from "../../functions/open-inference/modelSignature";
import card from "../../functions/pricing/model/card.json";
import { predict } from "../../functions/pricing/predict";
import { isArchive } from "../../functions/shared/modelStore/isArchive";
import { readArchive } from "../../functions/shared/modelStore/readArchive";
import { createSession } from "../../functions/shared/session";

/** Of a model in an archive: what a function with the most memory holds. */
const MAX_ARCHIVED_BYTES = 1024 ** 3;

/**
 * Loads a model as the functions will, so that a broken one is never uploaded.
 *
 * @param breed   Whether it has to score rides, beside being a model whose outputs are tensors.
 * @throws Error  What is wrong with it, in one line.
 */
export async function checkModel(file: string, { breed }: { breed: boolean }): Promise<void> {
  const spooled = isArchive(file) ? await readArchive(createReadStream(file), MAX_ARCHIVED_BYTES) : undefined;
  try {
    const session = await createSession(spooled?.model ?? file).catch((cause: Error) => {
      throw new Error(`${file} is no model that ONNX Runtime takes: ${cause.message}`, { cause });
    });
    try {
      modelSignature(session);
      if (breed) await checkScore(session);
    } finally {
      await session.release();
    }
  } finally {
    await spooled?.dispose();
  }
}

async function checkScore(session: InferenceSession): Promise<void> {
  const [sample] = card.samples;
  if (sample === undefined) return;
  await predict(session, sample.request).catch((cause: Error) => {
    throw new Error(`The model does not score rides of six features: ${cause.message}`, { cause });
  });
}
