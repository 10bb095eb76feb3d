import { createHash, randomBytes } from "node:crypto";
import { createReadStream } from "node:fs";
import { mkdir, readdir, rm, stat, writeFile } from "node:fs/promises";
import path from "node:path";
import { pipeline } from "node:stream/promises";
import type { CodeSource, S3Object } from "./functionConfiguration";
import { linkSourceMaps, sourceMapsOf } from "./linkSourceMaps";
import { packFolder } from "./packFolder";
import { unpackArchive } from "./unpackArchive";

/** An archive and the folder it was unpacked to. */
export interface UnpackedCode {
  /** Base64, as AWS gives `CodeSha256`. */
  readonly sha256: string;
  /** Bytes of the archive. */
  readonly size: number;
  readonly folder: string;
}

/** Reads an object of the local S3; throws when it is not there. */
export type ReadObject = (object: S3Object) => Promise<Buffer>;

/** Unpacks archives, each once, into `<dataDir>/unpacked/<sha256>`. */
export class CodeStore {
  readonly #folder: string;
  readonly #readObject: ReadObject;

  constructor(dataDir: string, readObject: ReadObject) {
    this.#folder = path.join(dataDir, "unpacked");
    this.#readObject = readObject;
  }

  async unpack(source: CodeSource): Promise<UnpackedCode> {
    if ("archive" in source && !(await isFolder(source.archive))) return this.#unpackFile(source.archive);
    await mkdir(this.#folder, { recursive: true });
    const zipFile = path.join(this.#folder, `${randomBytes(6).toString("hex")}.zip.part`);
    try {
      if ("archive" in source) await packFolder(source.archive, zipFile);
      else await writeFile(zipFile, await this.#readObject(source));
      return await this.#unpackFile(zipFile);
    } finally {
      await rm(zipFile, { force: true });
    }
  }

  /** Removes what was unpacked for code that nobody has any more. */
  async prune(usedFolders: readonly string[]): Promise<void> {
    const used = new Set(usedFolders);
    for (const name of await readdir(this.#folder).catch(() => [])) {
      const folder = path.join(this.#folder, name);
      if (!used.has(folder)) await rm(folder, { recursive: true, force: true });
    }
  }

  async #unpackFile(zipFile: string): Promise<UnpackedCode> {
    const hash = createHash("sha256");
    await pipeline(createReadStream(zipFile), hash);
    const digest = hash.digest();
    const maps = sourceMapsOf(zipFile);
    const key = digest.toString("hex");
    return {
      sha256: digest.toString("base64"),
      size: (await stat(zipFile)).size,
      folder:
        maps === undefined
          ? await unpackArchive(zipFile, this.#folder, key)
          : await unpackArchive(zipFile, this.#folder, `${key}.mapped`, (folder) =>
              linkSourceMaps(folder, maps),
            ),
    };
  }
}

async function isFolder(archive: string): Promise<boolean> {
  const found = await stat(archive).catch(() => undefined);
  if (!found) throw new Error(`the archive ${archive} does not exist; is the function built?`);
  return found.isDirectory();
}
