import { readdir, stat } from "node:fs/promises";
import path from "node:path";

/** Bytes of all files in a folder; symbolic links, which folders of layers are made of, count as what they lead to. */
export async function folderBytes(folder: string): Promise<number> {
  let bytes = 0;
  for (const entry of await readdir(folder)) {
    const file = path.join(folder, entry);
    const found = await stat(file);
    bytes += found.isDirectory() ? await folderBytes(file) : found.size;
  }
  return bytes;
}
