import { createWriteStream } from "node:fs";
import { mkdir } from "node:fs/promises";
import path from "node:path";
import { pipeline } from "node:stream/promises";
import { ZipFile } from "yazl";

/** A file of an archive: its text, or text and mode. */
export type ZippedFile = string | Buffer | { content: string; mode: number };

/** Writes a zip archive with the given files, modes 0644, and gives its path. */
export async function zipFunction(zipFile: string, files: Record<string, ZippedFile>): Promise<string> {
  const zip = new ZipFile();
  for (const [name, file] of Object.entries(files)) {
    const plain = typeof file === "string" || Buffer.isBuffer(file);
    const content = Buffer.from(plain ? file : file.content);
    zip.addBuffer(content, name, { mtime: new Date(1980, 0, 1), mode: plain ? 0o100644 : file.mode });
  }
  zip.end();
  await mkdir(path.dirname(zipFile), { recursive: true });
  await pipeline(zip.outputStream, createWriteStream(zipFile));
  return zipFile;
}
