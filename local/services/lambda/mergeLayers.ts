import { hash } from "node:crypto";
import { copyFile, link, mkdir, readdir, readlink, rm, symlink } from "node:fs/promises";
import path from "node:path";
import { sealedFolder } from "./sealedFolder";

/**
 * The `/opt` of a function: its unpacked layers in one folder, later ones over earlier ones, as hard links. One layer
 * alone is used as it lies; the same list gives the same folder.
 */
export async function mergeLayers(
  layerFolders: readonly string[],
  parent: string,
): Promise<string | undefined> {
  if (layerFolders.length <= 1) return layerFolders[0];
  const key = hash("sha256", layerFolders.map((folder) => path.basename(folder)).join("\n"));
  return sealedFolder(path.join(parent, key), async (draft) => {
    for (const layer of layerFolders) await overlay(layer, draft);
  });
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
