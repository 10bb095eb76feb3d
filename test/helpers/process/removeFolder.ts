import fs from "node:fs";

/** Removes a folder and what is in it, also what a process that ends still writes. */
export function removeFolder(folder: string): void {
  fs.rmSync(folder, { recursive: true, force: true, maxRetries: 10 });
}
