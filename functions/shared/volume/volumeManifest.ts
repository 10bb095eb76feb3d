import { readFile } from "node:fs/promises";
import path from "node:path";
import { replaceFile } from "./replaceFile";

/** One file of a model, as its card describes it. */
export interface VolumeFile {
  /** Path below the version's folder, with `/`. */
  readonly path: string;
  readonly bytes: number;
  /** Hex. */
  readonly sha256: string;
}

/**
 * `<model>/current.json` on the volume: the served version of a model, complete and verified. Functions find a model
 * only through it, so that a partial or failed copy is never visible.
 */
export interface VolumeManifest {
  /** The served files lie in `<model>/versions/<version>/`. */
  readonly version: string;
  readonly files: readonly VolumeFile[];
  /** Versions that were served before, with the ISO time of their replacement. */
  readonly retired: Readonly<Record<string, string>>;
}

const FILE = "current.json";

/** Folder of one version of a model. */
export function versionFolder(modelFolder: string, version: string): string {
  return path.join(modelFolder, "versions", version);
}

/** Reads the manifest of a model; `undefined` if there is none yet. */
export async function readManifest(modelFolder: string): Promise<VolumeManifest | undefined> {
  const file = path.join(modelFolder, FILE);
  let text: string;
  try {
    text = await readFile(file, "utf8");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return undefined;
    throw error;
  }
  try {
    const manifest: VolumeManifest = JSON.parse(text);
    if (typeof manifest?.version === "string" && Array.isArray(manifest.files)) return manifest;
    throw new Error(`it holds ${text.slice(0, 100)}`);
  } catch (cause) {
    throw new DamagedManifest(`${file} is damaged (${(cause as Error).message}): copy the model again`, {
      cause,
    });
  }
}

/** The manifest is there and cannot be read; the next copy of the model replaces it. */
export class DamagedManifest extends Error {}

/** Replaces the manifest atomically: a reader gets the old one or the new one. */
export async function writeManifest(modelFolder: string, manifest: VolumeManifest): Promise<void> {
  await replaceFile(path.join(modelFolder, FILE), JSON.stringify(manifest));
}
