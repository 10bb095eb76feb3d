import { createHash } from "node:crypto";
import { link, mkdir, rm, stat } from "node:fs/promises";
import path from "node:path";
import {
  DamagedManifest,
  readManifest,
  type VolumeFile,
  type VolumeManifest,
  versionFolder,
  writeManifest,
} from "../shared/volume/volumeManifest";
import { copyFile } from "./copyFile";
import type { ModelObjects } from "./modelObjects";
import { readModelCard } from "./readModelCard";
import { removeOldVersions } from "./removeOldVersions";
import { withVolumeLock } from "./volumeLock";

export interface SyncOptions {
  readonly objects: ModelObjects;
  /** Mount path of the volume. */
  readonly volume: string;
  readonly model: string;
  /** Time at which copying stops, in ms since the epoch. */
  readonly deadline: number;
  /** How long a replaced version is kept, in ms: instances may still read it. */
  readonly graceMs: number;
}

export interface SyncResult {
  readonly model: string;
  readonly version: string;
  /** `copied`: this version is served from now on. `unchanged`: it was served already. */
  readonly status: "copied" | "unchanged";
}

/**
 * Makes the volume serve a model as it is in the bucket. Copies the files that its card lists to a new folder, verifies
 * them, and then replaces the old version in one step. If anything fails before that, the old version is still served.
 * Concurrent calls wait for each other; a file that is already on the volume is not copied again.
 */
export function syncModel(options: SyncOptions): Promise<SyncResult> {
  const { objects, volume, model, deadline, graceMs } = options;
  const folder = path.join(volume, model);
  const timeUp = AbortSignal.timeout(Math.max(0, Math.floor(deadline - Date.now())));

  return withVolumeLock(folder, deadline, async (lost) => {
    const signal = AbortSignal.any([timeUp, lost]);
    const files = await readModelCard(objects, model, signal);
    const version = versionOf(files);
    // What is copied replaces a damaged one.
    const current = await readManifest(folder).catch((error: Error) => {
      if (error instanceof DamagedManifest) return undefined;
      throw error;
    });
    const unchanged = current?.version === version && (await isWhole(versionFolder(folder, version), files));
    if (!unchanged) {
      for (const file of files) await provide({ ...options, folder, version, file, current, signal });
    }
    // The previous holder of the lock may have copied this version, or a newer one.
    lost.throwIfAborted();
    const manifest = unchanged ? current : replacing(current, version, files);
    if (!unchanged) await writeManifest(folder, manifest);
    const tidied = await removeOldVersions(folder, manifest, graceMs);
    if (tidied !== manifest) await writeManifest(folder, tidied);
    return { model, version, status: unchanged ? "unchanged" : "copied" };
  });
}

/** The same files are the same version, whoever uploads them and however often. */
function versionOf(files: readonly VolumeFile[]): string {
  const hash = createHash("sha256");
  for (const line of files.map(({ path, sha256 }) => `${sha256}  ${path}\n`).sort()) hash.update(line);
  return hash.digest("hex").slice(0, 16);
}

function replacing(
  current: VolumeManifest | undefined,
  version: string,
  files: readonly VolumeFile[],
): VolumeManifest {
  const { [version]: _, ...retired } = {
    ...current?.retired,
    ...(current && { [current.version]: new Date().toISOString() }),
  };
  return { version, files, retired };
}

/** A file has its final name only when it is complete and verified, so its size shows whether it is there. */
async function isWhole(folder: string, files: readonly VolumeFile[]): Promise<boolean> {
  const found = await Promise.all(files.map((file) => isThere(folder, file)));
  return found.every(Boolean);
}

async function isThere(folder: string, file: VolumeFile): Promise<boolean> {
  const found = await stat(path.join(folder, file.path)).catch(() => undefined);
  return found?.size === file.bytes;
}

/**
 * Puts a file into the version's folder: from the previous version if it has the same file, otherwise from the bucket.
 */
async function provide(
  options: SyncOptions & {
    folder: string;
    version: string;
    file: VolumeFile;
    current: VolumeManifest | undefined;
    signal: AbortSignal;
  },
): Promise<void> {
  const { objects, model, folder, version, file, current, signal } = options;
  const target = path.join(versionFolder(folder, version), file.path);
  if (await isThere(versionFolder(folder, version), file)) return;
  const same = current?.files.find(({ sha256 }) => sha256 === file.sha256);
  if (current && same && (await isThere(versionFolder(folder, current.version), same))) {
    await mkdir(path.dirname(target), { recursive: true });
    await rm(target, { force: true });
    await link(path.join(versionFolder(folder, current.version), same.path), target);
    return;
  }
  const partial = path.join(folder, "partial", file.sha256);
  await copyFile({ objects, key: `${model}/${file.path}`, file, partial, target, signal });
}
