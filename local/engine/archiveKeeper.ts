import fs from "node:fs";
import path from "node:path";
import { fillOnce } from "../resources/files";
import type { Properties, Value } from "../resources/value";

/**
 * Keeps the archives of live resources, as AWS keeps the code it was given: the project's own build folder may be emptied
 * between two runs of the local cloud.
 */
export class ArchiveKeeper {
  readonly #folder: string;

  constructor(dataDir: string) {
    this.#folder = path.join(dataDir, "archives");
  }

  /** The same properties with each archive copied, once for each content, and named by its copy. */
  async keep(inputs: Properties): Promise<Properties> {
    const copies = new Map<string, string>();
    const named = mapArchives(inputs, (archive) => {
      if (archive.sha256 === undefined) return archive;
      const copy = path.join(this.#folder, archive.sha256 + path.extname(archive.archive));
      copies.set(copy, archive.archive);
      return { ...archive, archive: copy };
    });
    for (const [copy, archive] of copies) {
      await fillOnce(copy, (draft) => fs.promises.cp(archive, draft, { recursive: true }));
    }
    return named as Properties;
  }

  /** Deletes the copies that none of these refers to. */
  prune(live: Iterable<{ readonly inputs: Properties }>): void {
    if (!fs.existsSync(this.#folder)) return;
    const used = new Set<string>();
    for (const { inputs } of live) {
      mapArchives(inputs, (archive) => {
        used.add(path.basename(archive.archive));
        return archive;
      });
    }
    for (const entry of fs.readdirSync(this.#folder)) {
      if (!used.has(entry)) fs.rmSync(path.join(this.#folder, entry), { recursive: true });
    }
  }
}

interface Archive {
  readonly archive: string;
  readonly sha256?: string;
}

function mapArchives(value: Value, map: (archive: Archive) => Archive): Value {
  if (Array.isArray(value)) return value.map((item) => mapArchives(item, map));
  if (typeof value !== "object" || value === null) return value;
  if (typeof (value as Partial<Archive>).archive === "string") return map(value as Archive);
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, mapArchives(item, map)]));
}
