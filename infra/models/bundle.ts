import { createHash } from "node:crypto";
import fs from "node:fs";
import path from "node:path";
import { PROJECT_ROOT } from "../packaging/paths";
import type { ModelFiles } from "./modelSource";

/** The model inside the function's archive: `functions/<name>/model/model.onnx`, as its card describes it. */
export interface BundleSource {
  readonly source: "bundle";
}

const FILE = "model/model.onnx";

/**
 * Reads the model that goes into the archive.
 *
 * @throws Error  Where the file is not the one that `card.json` describes: a stale card misleads everyone.
 */
export function bundleSource(_source: BundleSource, folder: string): ModelFiles {
  const file = path.join(folder, FILE);
  const bytes = fs.readFileSync(file);
  const card = JSON.parse(fs.readFileSync(path.join(folder, "model/card.json"), "utf8")) as { sha256: unknown };
  const sha256 = createHash("sha256").update(bytes).digest("hex");
  if (!JSON.stringify(card.sha256).includes(sha256)) {
    throw new Error(
      `${path.relative(PROJECT_ROOT, file)} is not the model its card.json describes (sha256 ${sha256}): run its training script again, or write the new sha256 into the card.`,
    );
  }
  return { files: { [FILE]: bytes }, environment: { MODEL_FILE: FILE }, permissions: [] };
}
