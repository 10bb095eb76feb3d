import { createHash, randomBytes } from "node:crypto";
import { existsSync } from "node:fs";
import { copyFile, link, mkdir, readdir, readlink, rename, rm, symlink } from "node:fs/promises";
import path from "node:path";

/**
 * The `/opt` of a function: its unpacked layers in one folder, later ones over earlier ones, as hard links. One layer
 * alone is used as it lies; the same list gives the same folder.
 */
export async function mergeLayers(
  layerFolders: readonly string[],
  parent: string,
): Promise<string | undefined> {
  if (layerFolders.length <= 1) return layerFolders[0];
  const key = createHash("sha256").update(layerFolders.map((folder) => path.basename(folder)).join("\n"));
  const folder = path.join(parent, key.digest("hex"));
  if (existsSync(folder)) return folder;
  const temporary = `${folder}.${randomBytes(6).toString("hex")}.part`;
  try {
    for (const layer of layerFolders) await overlay(layer, temporary);
    await rename(temporary, folder);
  } catch (error) {
    await rm(temporary, { recursive: true, force: true });
    if (existsSync(folder)) return folder;
    throw error;
  }
  return folder;
}

async function overlay(source: string, target: string): Promise<void> {
  await mkdir(target, { recursive: true });
  for (const entry of await readdir(source, { withFileTypes: true })) {
    const from = path.join(source, entry.name);
    const to = path.join(target, entry.name);
    if (entry.isDirectory()) {
      await overlay(from, to);
      continue;
    }
    await rm(to, { recursive: true, force: true });
    if (entry.isSymbolicLink()) await symlink(await readlink(from), to);
    // A file system without hard links gets copies.
    else await link(from, to).catch(() => copyFile(from, to));
  }
}
