import { mkdir, writeFile } from "node:fs/promises";
import path from "node:path";
import { type Zippable, zipSync } from "fflate";

/** A file of an archive: its text, or text and mode. */
export type ZippedFile = string | Buffer | { content: string; mode: number };

/** Writes a zip archive with the given files, modes 0644, and gives its path. */
export async function zipFunction(zipFile: string, files: Record<string, ZippedFile>): Promise<string> {
  const entries: Zippable = {};
  for (const [name, file] of Object.entries(files)) {
    const plain = typeof file === "string" || Buffer.isBuffer(file);
    const mode = plain ? 0o100644 : file.mode;
    entries[name] = [Buffer.from(plain ? file : file.content), { attrs: mode << 16, os: 3 }];
  }
  await mkdir(path.dirname(zipFile), { recursive: true });
  await writeFile(zipFile, zipSync(entries, { mtime: new Date(1980, 0, 1) }));
  return zipFile;
}
