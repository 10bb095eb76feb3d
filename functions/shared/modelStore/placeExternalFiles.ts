import { createWriteStream } from "node:fs";
import { mkdtemp, rename, rm, writeFile } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { BrokenModel } from "./brokenModel";
import { type SpooledModel, tooLarge } from "./spool";

/** Gives a file beside a model, by its name; `undefined` if there is none. */
export type FileBeside = (name: string) => Promise<AsyncIterable<Uint8Array> | undefined>;

const MODEL = "model.onnx";

/**
 * Puts a model and the files with its weights into a folder that holds nothing else. ONNX Runtime looks for them beside
 * the model, and beside nothing but the function's own code if it gets bytes only.
 *
 * @param names         Files that the model names.
 * @param maxBytes      The most bytes of model and files together.
 * @throws BrokenModel  A file is missing, or the name would lead to another folder.
 */
export async function placeExternalFiles(
  spooled: SpooledModel,
  names: readonly string[],
  beside: FileBeside | undefined,
  maxBytes: number,
): Promise<SpooledModel> {
  const folder = await mkdtemp(path.join(os.tmpdir(), "model-"));
  const dispose = async () => {
    await spooled.dispose();
    await rm(folder, { recursive: true, force: true });
  };
  try {
    const file = path.join(folder, MODEL);
    if (typeof spooled.model === "string") await rename(spooled.model, file);
    else await writeFile(file, spooled.model);
    let { bytes } = spooled;
    for (const name of names) {
      if (!isFileName(name)) {
        throw new BrokenModel(
          `Its weights lie in ${JSON.stringify(name)}, which is no file beside it: ${CURE}`,
        );
      }
      const content = await beside?.(name);
      if (content === undefined) {
        throw new BrokenModel(
          `Its weights lie in ${JSON.stringify(name)}, which is not beside it: upload that file too, or ${CURE}`,
        );
      }
      async function* counted(chunks: AsyncIterable<Uint8Array>) {
        for await (const chunk of chunks) {
          bytes += chunk.length;
          if (bytes > maxBytes) throw tooLarge(maxBytes);
          yield chunk;
        }
      }
      await pipeline(Readable.from(counted(content)), createWriteStream(path.join(folder, name)));
    }
    return { model: file, bytes, dispose };
  } catch (error) {
    await dispose();
    throw error;
  }
}

const CURE =
  "save the model in one file, with `save_as_external_data=False` (PyTorch: `external_data=False`)";

/** Whether a name means a file in the model's own folder, other than the model. */
function isFileName(name: string): boolean {
  return name !== MODEL && !/^\.{0,2}$|[/\\\p{Cc}\p{Cs}]/u.test(name) && Buffer.byteLength(name) <= 255;
}
