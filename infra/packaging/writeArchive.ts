import { createHash } from "node:crypto";
import fs from "node:fs";
import path from "node:path";
import { promisify } from "node:util";
import { type AsyncZipOptions, type AsyncZippable, type Zippable, zip, zipSync } from "fflate";
import { replaceFile } from "./files";
import { BUILD_DIR } from "./paths";

/** Content of an archive: path within it (with `/`) to the bytes. */
export type ArchiveFiles = Readonly<Record<string, Uint8Array>>;

/** A zip archive on disk. */
export interface Archive {
  /** Absolute; holds the hash of content and level, so that an unchanged source gives an unchanged path. */
  readonly path: string;
  /** Bytes; of the files in it, which is more, while the archive is not written. */
  readonly zippedSize: number;
  /** Bytes. */
  readonly unzippedSize: number;
  /** Resolved when the archive is there. */
  readonly written: Promise<void>;
}

/** MS-DOS time, which zip uses, is local and begins in 1980: one fixed moment in local time. */
const MTIME = new Date(1980, 0, 1);

/** AWS's runtimes read files as another user: 0600 gives EACCES there. Upper half of the external attributes. */
const MODE = 0o100644 << 16;
const UNIX = 3;

/** Level 9 takes half as long again, for a thousandth of the size. */
const LEVEL = 6;

/** For layers: level 6 takes 45 % longer for ONNX Runtime's native part, for half a percent of the size. */
const LEVEL_OF_LARGE = 5;

/**
 * Bytes between which an archive is deflated by threads while the program goes on. Below, a thread costs more; above,
 * the zipped size decides how the archive is uploaded, and has to be known.
 */
const THREADS_FROM = 4 * 1024 * 1024;
const THREADS_TO = 50 * 1024 * 1024;

const zipByThreads = promisify<AsyncZippable, AsyncZipOptions, Uint8Array>(zip);

/**
 * Writes a zip archive: the same content gives the same bytes on every machine. Deflated by JavaScript,
 * since zlib's output differs between builds of it.
 *
 * @param name  File name in front of the hash.
 * @param maps  Source maps, for the local cloud: written to the folder `<archive without .zip>.maps`.
 */
export function writeArchive(name: string, files: ArchiveFiles, maps: ArchiveFiles = {}): Archive {
  const content = Object.entries(files).sort(([one], [other]) => (one < other ? -1 : 1));
  const unzippedSize = content.reduce((sum, [, bytes]) => sum + bytes.length, 0);
  const options = { level: unzippedSize < THREADS_FROM ? LEVEL : LEVEL_OF_LARGE, mtime: MTIME } as const;
  const hash = createHash("sha256").update(`${options.level}\0`);
  for (const [file, bytes] of content) hash.update(`${file}\0${bytes.length}\0`).update(bytes);
  const target = path.join(BUILD_DIR, `${name}-${hash.digest("hex").slice(0, 16)}.zip`);
  const written = fs.existsSync(target) ? undefined : write(target, content, unzippedSize, options);
  for (const [file, bytes] of Object.entries(maps)) {
    const map = path.join(target.replace(/\.zip$/, ".maps"), file);
    // Lines can move while the code stays the same.
    if (fs.existsSync(map) && Buffer.from(bytes).equals(fs.readFileSync(map))) continue;
    replaceFile(map, bytes);
  }
  return {
    path: target,
    zippedSize: fs.statSync(target, { throwIfNoEntry: false })?.size ?? unzippedSize,
    unzippedSize,
    written: Promise.resolve(written),
  };
}

/** Writes the archive in one step: at once, or when threads have deflated it. */
function write(
  target: string,
  content: readonly (readonly [file: string, bytes: Uint8Array])[],
  unzippedSize: number,
  options: Pick<AsyncZipOptions, "level" | "mtime">,
): Promise<void> | undefined {
  const entries: Zippable & AsyncZippable = {};
  for (const [file, bytes] of content) entries[file] = [bytes, { attrs: MODE, os: UNIX }];
  if (unzippedSize < THREADS_FROM || unzippedSize > THREADS_TO)
    return void replaceFile(target, zipSync(entries, options));
  return zipByThreads(entries, options).then((zipped) => replaceFile(target, zipped));
}
