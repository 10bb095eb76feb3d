import { buffer } from "node:stream/consumers";
import type { VolumeFile } from "../shared/volume/volumeManifest";
import { ModelIncomplete } from "./errors";
import type { ModelObjects } from "./modelObjects";

/** Largest model card in bytes: its samples contain images. */
const MAX_CARD_BYTES = 4 * 1024 * 1024;

/**
 * Reads which files make up a model: `<model>/card.json` lists each with its size and SHA-256.
 *
 * @throws ModelIncomplete The card is missing, lists no files, or lists a file outside the model's folder.
 */
export async function readModelCard(
  objects: ModelObjects,
  model: string,
  signal: AbortSignal,
): Promise<readonly VolumeFile[]> {
  const key = `${model}/card.json`;
  const found = await objects.head(key);
  if (found === undefined)
    throw new ModelIncomplete(`${key} is not in the bucket: a model is what its card says`);
  if (found.bytes > MAX_CARD_BYTES) {
    throw new ModelIncomplete(`${key} has ${found.bytes} bytes; at most ${MAX_CARD_BYTES} are read`);
  }
  const text = (await buffer(await objects.read(key, { etag: found.etag, offset: 0, signal }))).toString();
  let files: unknown;
  try {
    files = JSON.parse(text)?.files;
  } catch (cause) {
    throw new ModelIncomplete(`${key} is not JSON`, { cause });
  }
  if (!Array.isArray(files) || files.length === 0 || !files.every(isFile)) {
    throw new ModelIncomplete(`${key} must list \`files\`, each with \`path\`, \`bytes\` and \`sha256\``);
  }
  return files.map(({ path, bytes, sha256 }: VolumeFile) => ({ path, bytes, sha256 }));
}

function isFile(file: unknown): file is VolumeFile {
  const { path, bytes, sha256 } = (file ?? {}) as Partial<Record<keyof VolumeFile, unknown>>;
  return (
    typeof path === "string" &&
    /^[\w.-]+(\/[\w.-]+)*$/.test(path) &&
    !path.split("/").some((segment) => segment === "." || segment === "..") &&
    Number.isSafeInteger(bytes) &&
    (bytes as number) > 0 &&
    typeof sha256 === "string" &&
    /^[0-9a-f]{64}$/.test(sha256)
  );
}
