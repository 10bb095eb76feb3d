import fs from "node:fs";
import path from "node:path";
import type { ArchiveFiles } from "./writeArchive";

/** Reads the files of a folder, by their path below it with `/`, under `prefix`. */
export function readFolder(folder: string, prefix = ""): ArchiveFiles {
  const files: Record<string, Uint8Array> = {};
  for (const entry of fs.readdirSync(folder, { withFileTypes: true, recursive: true })) {
    if (!entry.isFile()) continue;
    const file = path.join(entry.parentPath, entry.name);
    files[prefix + path.relative(folder, file).split(path.sep).join("/")] = fs.readFileSync(file);
  }
  return files;
}
