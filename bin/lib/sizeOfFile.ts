import fs from "node:fs";

/**
 * Gives a file's size in bytes. A device or a pipe has none: reading one may never end.
 *
 * @throws Error  It does not exist, or is not a file.
 */
export function sizeOfFile(file: string): number {
  const stats = fs.statSync(file);
  if (stats.isFile()) return stats.size;
  throw new Error(`${file} is ${stats.isDirectory() ? "a folder" : "a device or a pipe"}, not a file.`);
}

/** Whether there is a file that ends. */
export function isFile(file: string): boolean {
  return fs.statSync(file, { throwIfNoEntry: false })?.isFile() ?? false;
}
