import { unzipSync } from "fflate";
import { BrokenModel } from "../modelStore/brokenModel";

const MAX_ENTRIES = 20;

/**
 * Reads Linear Learner's files from `model_algo-1`, which is a zip file.
 *
 * @param maxBytes  Limit on all files together, by the sizes that the zip declares: nothing larger is inflated.
 * @throws BrokenModel  It is not a zip file, is damaged, or is larger.
 */
export function readModelZip(zip: Uint8Array, maxBytes: number): ReadonlyMap<string, Buffer> {
  let bytes = 0;
  let entries = 0;
  let files: Record<string, Uint8Array>;
  try {
    files = unzipSync(zip, {
      filter({ name, originalSize }) {
        if (++entries > MAX_ENTRIES)
          throw new BrokenModel(`model_algo-1 holds more than ${MAX_ENTRIES} files`);
        if (!name.startsWith("mx-mod-")) return false;
        bytes += originalSize;
        if (bytes > maxBytes) throw new BrokenModel(`model_algo-1 holds more than ${maxBytes} bytes`);
        return true;
      },
    });
  } catch (cause) {
    if (cause instanceof BrokenModel) throw cause;
    throw new BrokenModel(`model_algo-1 is no whole zip: ${(cause as Error).message}`, { cause });
  }
  return new Map(
    Object.entries(files).map(([name, { buffer, byteOffset, byteLength }]) => [
      name,
      Buffer.from(buffer, byteOffset, byteLength),
    ]),
  );
}
