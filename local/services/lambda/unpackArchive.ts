import { createWriteStream } from "node:fs";
import { mkdir, symlink } from "node:fs/promises";
import path from "node:path";
import { text } from "node:stream/consumers";
import { pipeline } from "node:stream/promises";
import { type Entry, openPromise } from "yauzl";
import { sealedFolder } from "./sealedFolder";

/** The most that Lambda takes unzipped, a function with its layers. */
const MAX_UNZIPPED_BYTES = 262_144_000;

/**
 * Unpacks a zip archive into `<parent>/<key>` and gives that folder; a folder that is already there and
 * unchanged is taken, so `key` is the archive's hash. Appears whole or not at all. Entries that would leave the folder are rejected.
 *
 * @param finish  Completes the folder before it appears.
 */
export function unpackArchive(
  zipFile: string,
  parent: string,
  key: string,
  finish?: (folder: string) => Promise<void>,
): Promise<string> {
  return sealedFolder(path.join(parent, key), async (draft) => {
    await mkdir(draft);
    await unpackInto(zipFile, draft);
    await finish?.(draft);
  });
}

async function unpackInto(zipFile: string, folder: string): Promise<void> {
  const zip = await openPromise(zipFile, { strictFileNames: true }).catch((cause: unknown) => {
    throw new Error(`${zipFile} is not a zip archive that Lambda could unpack`, { cause });
  });
  try {
    let bytes = 0;
    for await (const entry of zip.eachEntry()) {
      bytes += entry.uncompressedSize;
      if (bytes > MAX_UNZIPPED_BYTES) {
        throw new Error(`${zipFile}: Unzipped size must be smaller than ${MAX_UNZIPPED_BYTES} bytes`);
      }
      const target = resolveInside(folder, entry.fileName, zipFile);
      const mode = (entry.externalFileAttributes >>> 16) & 0xffff;
      if (entry.fileName.endsWith("/")) {
        await mkdir(target, { recursive: true });
        continue;
      }
      await mkdir(path.dirname(target), { recursive: true });
      const content = await zip.openReadStreamPromise(entry as Entry);
      if ((mode & 0o170000) === 0o120000) {
        const link = await text(content);
        resolveInside(folder, path.resolve(path.dirname(target), link), zipFile);
        await symlink(link, target);
      } else {
        await pipeline(content, createWriteStream(target, { mode: exposedMode(mode) }));
      }
    }
  } finally {
    zip.close();
  }
}

function resolveInside(folder: string, name: string, zipFile: string): string {
  const target = path.resolve(folder, name);
  if (target !== folder && !target.startsWith(folder + path.sep)) {
    throw new Error(
      `${zipFile}: the entry "${name}" points outside the archive; build the archive without it`,
    );
  }
  return target;
}

/**
 * On Lambda the files belong to someone else: what the archive lets *others* do is all that the function may do, so
 * a file of mode 0600 fails with EACCES there. Here owner and function are one, so the owner gets the others' bits.
 * Archives made without modes (mode 0) are readable on Lambda.
 */
function exposedMode(mode: number): number {
  return (mode === 0 ? 5 : mode & 0o5) * 0o111;
}
