import { existsSync } from "node:fs";
import { appendFile, chmod, readdir, stat } from "node:fs/promises";
import path from "node:path";

/** The folder in which a build leaves an archive's source maps, `<file>.map` each; `undefined` where it left none. */
export function sourceMapsOf(zipFile: string): string | undefined {
  const folder = zipFile.replace(/\.zip$/, ".maps");
  return folder !== zipFile && existsSync(folder) ? folder : undefined;
}

/**
 * Makes each file of an unpacked archive name its source map, so that stacks and debuggers show the source. By a relative
 * path: Node.js reads no map at a `file:` URL.
 */
export async function linkSourceMaps(folder: string, maps: string): Promise<void> {
  for (const name of await readdir(maps)) {
    const file = path.join(folder, name.replace(/\.map$/, ""));
    if (!name.endsWith(".map") || !existsSync(file)) continue;
    const url = path
      .relative(folder, path.join(maps, name))
      .split(path.sep)
      .map(encodeURIComponent)
      .join("/");
    const { mode } = await stat(file);
    await chmod(file, mode | 0o200);
    await appendFile(file, `\n//# sourceMappingURL=${url}\n`);
    await chmod(file, mode);
  }
}
