import { readdir, readFile, stat, writeFile } from "node:fs/promises";
import path from "node:path";
import { type Zippable, zipSync } from "fflate";

/** Zips a folder as Pulumi's engine does for a `FileArchive` of a folder; the same files give the same archive. */
export async function packFolder(folder: string, zipFile: string): Promise<void> {
  // A file may have any name: without a prototype there is none that means something else.
  const entries: Zippable = Object.create(null);
  for (const name of await listFiles(folder)) {
    const file = path.join(folder, name);
    const { mode } = await stat(file);
    entries[name.split(path.sep).join("/")] = [await readFile(file), { attrs: mode << 16, os: 3 }];
  }
  await writeFile(zipFile, zipSync(entries, { mtime: new Date(1980, 0, 1) }));
}

async function listFiles(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => !entry.isDirectory())
    .map((entry) => path.relative(folder, path.join(entry.parentPath, entry.name)))
    .sort();
}
