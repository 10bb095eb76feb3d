import fs from "node:fs";
import { mkdir } from "node:fs/promises";
import path from "node:path";
import { PassThrough, pipeline as pipe } from "node:stream";
import { pipeline } from "node:stream/promises";
import { createGunzip } from "node:zlib";
import { extract } from "tar-stream";
import { BrokenModel } from "../../functions/shared/modelStore/brokenModel";
import { compressionOf } from "../../functions/shared/modelStore/compressionOf";
import { OLDEST_TAR } from "../../functions/shared/modelStore/readArchive";

/** Other files of the folder are a few descriptions of its environment. */
const MAX_ENTRIES = 100;

/**
 * Unpacks an archive that holds MLflow's folder of a model, at its root or one folder down, as SageMaker's deployments by
 * MLflow upload it.
 *
 * @returns  The folder with `MLmodel`; `undefined` where the archive has none.
 * @throws BrokenModel  The archive cannot be read.
 */
export async function unpackMlflow(archive: string, folder: string): Promise<string | undefined> {
  let found: string | undefined;
  let count = 0;
  try {
    const { chunks, isGzip } = await compressionOf(fs.createReadStream(archive));
    const entries = extract(OLDEST_TAR);
    pipe(chunks, isGzip ? createGunzip() : new PassThrough(), entries, () => {});
    for await (const entry of entries) {
      const file = path.join(folder, entry.header.name);
      const isInside = file.startsWith(folder + path.sep);
      // What else is in it, the endpoint's own reader rejects by its name.
      if (entry.header.type !== "file" || !isInside || ++count > MAX_ENTRIES) {
        entry.resume();
        continue;
      }
      await mkdir(path.dirname(file), { recursive: true });
      await pipeline(entry, fs.createWriteStream(file));
      if (path.basename(file) === "MLmodel" && isShallow(folder, file)) found ??= path.dirname(file);
    }
    return found;
  } catch (cause) {
    if (cause instanceof BrokenModel || "syscall" in (cause as Error)) throw cause;
    throw new BrokenModel(`The archive cannot be read: ${(cause as Error).message}`, { cause });
  }
}

function isShallow(folder: string, file: string): boolean {
  return path.relative(folder, file).split(path.sep).length <= 2;
}
