import { readdir, rm, stat } from "node:fs/promises";
import path from "node:path";
import { type VolumeManifest, versionFolder } from "../shared/volume/volumeManifest";

/**
 * Removes versions of a model that were replaced longer than `graceMs` ago, and copies that were started before that
 * and never finished. Never removes the version that the manifest names.
 *
 * @returns The manifest without the removed versions; the same object if nothing was removed.
 */
export async function removeOldVersions(
  folder: string,
  manifest: VolumeManifest,
  graceMs: number,
): Promise<VolumeManifest> {
  const retired = new Map(Object.entries(manifest.retired));
  const before = Date.now() - graceMs;
  for (const version of await list(path.join(folder, "versions"))) {
    if (version === manifest.version) continue;
    const since = retired.get(version);
    const age = since === undefined ? await changedAt(versionFolder(folder, version)) : Date.parse(since);
    if (age > before) continue;
    await rm(versionFolder(folder, version), { recursive: true, force: true });
    retired.delete(version);
  }
  for (const name of await list(path.join(folder, "partial"))) {
    const partial = path.join(folder, "partial", name);
    if ((await changedAt(partial)) <= before) await rm(partial, { force: true });
  }
  const same = retired.size === Object.keys(manifest.retired).length;
  return same ? manifest : { ...manifest, retired: Object.fromEntries(retired) };
}

async function list(folder: string): Promise<string[]> {
  return readdir(folder).catch(() => []);
}

/** Milliseconds since the epoch. */
async function changedAt(file: string): Promise<number> {
  return (await stat(file)).mtimeMs;
}
