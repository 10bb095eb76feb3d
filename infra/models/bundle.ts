import fs from "node:fs";
import path from "node:path";
import type { ModelFiles } from "./modelFiles";
import type { ModelOwner } from "./modelOwner";
import { verifyModel } from "./verifyModel";

/** The model inside the function's archive: the files that `functions/<name>/model/card.json` lists. */
export interface BundleSource {
  readonly source: "bundle";
}

/** Puts the model's files into the archive. */
export function bundleSource(_source: BundleSource, { folder }: ModelOwner): ModelFiles {
  const names = verifyModel(folder);
  return {
    files: Object.fromEntries(
      names.map((name) => [`model/${name}`, fs.readFileSync(path.join(folder, "model", name))]),
    ),
    environment: { MODEL_FILE: `model/${names[0]}` },
    permissions: [],
  };
}
