import fs from "node:fs";
import { openPromise } from "yauzl";

/** Bytes. */
export interface ArchiveSize {
  readonly zipped: number;
  readonly unzipped: number;
}

/** A zip file's size, and that of the files in it. */
export async function measureArchive(file: string): Promise<ArchiveSize> {
  const zip = await openPromise(file);
  let unzipped = 0;
  try {
    for await (const entry of zip.eachEntry()) unzipped += entry.uncompressedSize;
  } finally {
    zip.close();
  }
  return { zipped: fs.statSync(file).size, unzipped };
}
