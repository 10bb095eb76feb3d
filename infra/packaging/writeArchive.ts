import { createHash } from "node:crypto";
import fs from "node:fs";
import path from "node:path";
import { type Zippable, zipSync } from "fflate";
import { fillOnce, replaceFile } from "./files";
import { BUILD_DIR } from "./paths";

/** Content of an archive: path within it (with `/`) to the bytes. */
export type ArchiveFiles = Readonly<Record<string, Uint8Array>>;

/** A zip archive on disk. */
export interface Archive {
  /** Absolute; holds the content's hash, so that an unchanged source gives an unchanged path. */
  readonly path: string;
  /** Bytes. */
  readonly zippedSize: number;
  /** Bytes. */
  readonly unzippedSize: number;
}

/** MS-DOS time, which zip uses, is local and begins in 1980: one fixed moment in local time. */
const MTIME = new Date(1980, 0, 1);

/** AWS's runtimes read files as another user: 0600 gives EACCES there. Upper half of the external attributes. */
const MODE = 0o100644 << 16;
const UNIX = 3;

/**
 * Writes a zip archive: the same content gives the same bytes on every machine. Deflated by JavaScript,
 * since zlib's output differs between builds of it.
 *
 * @param name  File name in front of the hash.
 * @param maps  Source maps, for the local cloud: written to the folder `<archive without .zip>.maps`.
 */
export function writeArchive(name: string, files: ArchiveFiles, maps: ArchiveFiles = {}): Archive {
  const paths = Object.keys(files).sort();
  const hash = createHash("sha256");
  for (const file of paths) {
    const bytes = files[file] as Uint8Array;
    hash.update(`${file}\0${bytes.length}\0`).update(bytes);
  }
  const target = path.join(BUILD_DIR, `${name}-${hash.digest("hex").slice(0, 16)}.zip`);
  fillOnce(target, (draft) => {
    const entries: Zippable = {};
    for (const file of paths) entries[file] = [files[file] as Uint8Array, { attrs: MODE, os: UNIX }];
    fs.writeFileSync(draft, zipSync(entries, { level: 9, mtime: MTIME }));
  });
  for (const [file, bytes] of Object.entries(maps)) {
    const map = path.join(target.replace(/\.zip$/, ".maps"), file);
    // Lines can move while the code stays the same.
    if (fs.existsSync(map) && Buffer.from(bytes).equals(fs.readFileSync(map))) continue;
    replaceFile(map, bytes);
  }
  return {
    path: target,
    zippedSize: fs.statSync(target).size,
    unzippedSize: paths.reduce((sum, file) => sum + (files[file] as Uint8Array).length, 0),
  };
}
