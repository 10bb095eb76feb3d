import { createHash } from "node:crypto";
import fs from "node:fs";
import path from "node:path";
import { PROJECT_ROOT } from "../packaging/paths";
import type { ArchiveFiles } from "../packaging/writeArchive";
import { readCard } from "../readCard";
import type { ModelFiles } from "./modelSource";

/** The model inside the function's archive: the files that `functions/<name>/model/card.json` lists. */
export interface BundleSource {
  readonly source: "bundle";
}

/**
 * Reads the model that goes into the archive.
 *
 * @throws Error  Where a file is not the one that the card describes: a stale card misleads everyone.
 */
export function bundleSource(_source: BundleSource, folder: string): ModelFiles {
  const files = readCard(folder).files.map(({ path: name, sha256 }): [string, Uint8Array] => {
    const file = path.join(folder, "model", name);
    const bytes = fs.readFileSync(file);
    const actual = createHash("sha256").update(bytes).digest("hex");
    if (actual !== sha256) {
      throw new Error(
        `${path.relative(PROJECT_ROOT, file)} is not the model its card.json describes (its sha256 is ${actual}): run its training script again, or correct the card.`,
      );
    }
    return [`model/${name}`, bytes];
  });
  const archiveFiles: ArchiveFiles = Object.fromEntries(files);
  const [first] = Object.keys(archiveFiles);
  if (first === undefined)
    throw new Error(`${path.relative(PROJECT_ROOT, folder)}/model/card.json lists no files.`);
  return { files: archiveFiles, environment: { MODEL_FILE: first }, permissions: [] };
}
