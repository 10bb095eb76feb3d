import { createHash, type Hash, randomBytes } from "node:crypto";
import fs from "node:fs";
import path from "node:path";

/** Writes a file in one step: a reader, and a crash, gets the old content or the new one. Makes its folder. */
export function replaceFile(
  file: string,
  content: string | Uint8Array,
  { mode = 0o666 }: { readonly mode?: number } = {},
): void {
  fs.mkdirSync(path.dirname(file), { recursive: true });
  const draft = `${file}.${process.pid}.part`;
  try {
    fs.writeFileSync(draft, content, { mode });
    fs.renameSync(draft, file);
  } catch (error) {
    // On a full disk, half a draft would only take more of it.
    fs.rmSync(draft, { force: true });
    throw error;
  }
}

/**
 * Makes a file or folder that never changes, unless it is there already: it appears whole or not at all, and is left as
 * it is where another process was first.
 *
 * @param fill  Makes a draft of it at the path that it gets.
 * @returns     `target`.
 */
export async function fillOnce(target: string, fill: (draft: string) => Promise<void>): Promise<string> {
  if (fs.existsSync(target)) return target;
  await fs.promises.mkdir(path.dirname(target), { recursive: true });
  const draft = `${target}.${randomBytes(6).toString("hex")}.part`;
  try {
    await fill(draft);
    await fs.promises.rename(draft, target);
  } catch (error) {
    await fs.promises.rm(draft, { recursive: true, force: true });
    if (!fs.existsSync(target)) throw error;
  }
  return target;
}

/** Feeds a file to a hash, in pieces: a model may be larger than memory. Synchronous, as outputs are. */
export function hashFile(file: string, hash: Hash = createHash("sha256")): Hash {
  const piece = Buffer.alloc(1 << 20);
  const descriptor = fs.openSync(file, "r");
  try {
    for (let read = fs.readSync(descriptor, piece); read > 0; read = fs.readSync(descriptor, piece)) {
      hash.update(piece.subarray(0, read));
    }
  } finally {
    fs.closeSync(descriptor);
  }
  return hash;
}
