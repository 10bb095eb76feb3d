import { createHash } from "node:crypto";
import fs from "node:fs";
import path from "node:path";
import { PROJECT_ROOT } from "../packaging/paths";
import { readCard } from "../readCard";

/** Models may be larger than a `Buffer`. */
const CHUNK_BYTES = 4 * 1024 * 1024;

/**
 * Compares a model's files with the digests in its `card.json`.
 *
 * @param folder  The endpoint's, absolute.
 * @returns       Names of the files, relative to the card; the first one is the model itself.
 * @throws Error  Where a file is not the one that the card describes: a stale card misleads everyone.
 */
export function verifyModel(folder: string): readonly [string, ...string[]] {
  const [first, ...others] = readCard(folder).files;
  if (first === undefined)
    throw new Error(`${path.relative(PROJECT_ROOT, folder)}/model/card.json lists no files.`);
  for (const { path: name, sha256 } of [first, ...others]) {
    const file = path.join(folder, "model", name);
    if (!fs.existsSync(file)) {
      throw new Error(
        `There is no ${path.relative(PROJECT_ROOT, file)}, which its card.json lists: put the file there, or correct the card's \`files\`.`,
      );
    }
    const actual = digestOf(file);
    if (actual !== sha256) {
      throw new Error(
        `${path.relative(PROJECT_ROOT, file)} is not the model its card.json describes (its sha256 is ${actual}): run its training script again, or correct the card.`,
      );
    }
  }
  return [first.path, ...others.map(({ path }) => path)];
}

function digestOf(file: string): string {
  const hash = createHash("sha256");
  const chunk = Buffer.alloc(CHUNK_BYTES);
  const descriptor = fs.openSync(file, "r");
  try {
    for (let length = -1; length !== 0; ) {
      length = fs.readSync(descriptor, chunk);
      hash.update(chunk.subarray(0, length));
    }
  } finally {
    fs.closeSync(descriptor);
  }
  return hash.digest("hex");
}
