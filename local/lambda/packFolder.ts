import { createWriteStream } from "node:fs";
import { readdir, stat } from "node:fs/promises";
import path from "node:path";
import { pipeline } from "node:stream/promises";
import { ZipFile } from "yazl";

/** Zips a folder as Pulumi's engine does for a `FileArchive` of a folder; the same files give the same archive. */
export async function packFolder(folder: string, zipFile: string): Promise<void> {
  const zip = new ZipFile();
  for (const name of await listFiles(folder)) {
    const file = path.join(folder, name);
    const { mode } = await stat(file);
    zip.addFile(file, name.split(path.sep).join("/"), { mtime: new Date(1980, 0, 1), mode });
  }
  zip.end();
  await pipeline(zip.outputStream, createWriteStream(zipFile));
}

async function listFiles(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => !entry.isDirectory())
    .map((entry) => path.relative(folder, path.join(entry.parentPath, entry.name)))
    .sort();
}
