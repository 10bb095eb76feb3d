import { existsSync } from "node:fs";
import { lutimes, readdir, rm, stat } from "node:fs/promises";
import path from "node:path";
import { fillOnce } from "../../resources/files";

/** When every file and folder of a sealed folder was changed last: any change after that shows. */
const SEALED = new Date("1980-01-01T00:00:00Z");

/**
 * Makes a folder that is there whole or not at all, and anew where something in it was changed, cut short or removed since:
 * a function runs what its archive holds.
 *
 * @param fill  Makes a draft of it at the path that it gets.
 * @returns     `target`.
 */
export async function sealedFolder(target: string, fill: (draft: string) => Promise<void>): Promise<string> {
  if (existsSync(target) && !(await isSealed(target))) await rm(target, { recursive: true, force: true });
  return fillOnce(target, async (draft) => {
    await fill(draft);
    await seal(draft);
  });
}

async function seal(folder: string): Promise<void> {
  for (const entry of await readdir(folder, { withFileTypes: true })) {
    const inside = path.join(folder, entry.name);
    if (entry.isDirectory()) await seal(inside);
    else await lutimes(inside, SEALED, SEALED);
  }
  // What is added or removed changes the time of its folder.
  await lutimes(folder, SEALED, SEALED);
}

async function isSealed(folder: string): Promise<boolean> {
  if (!(await isUnchanged(folder))) return false;
  for (const entry of await readdir(folder, { withFileTypes: true })) {
    const inside = path.join(folder, entry.name);
    if (entry.isDirectory() ? !(await isSealed(inside)) : entry.isFile() && !(await isUnchanged(inside)))
      return false;
  }
  return true;
}

async function isUnchanged(file: string): Promise<boolean> {
  return (await stat(file)).mtimeMs === SEALED.getTime();
}
