import fs from "node:fs";
import path from "node:path";

/**
 * Makes a file or folder that never changes, unless it is there already: it appears whole or not at all, also where two
 * evaluations make the same at once.
 *
 * @param fill  Makes a draft of it at the path that it gets.
 * @returns     `target`.
 */
export function fillOnce(target: string, fill: (draft: string) => void): string {
  if (fs.existsSync(target)) return target;
  fs.mkdirSync(path.dirname(target), { recursive: true });
  const draft = `${target}.${process.pid}`;
  fs.rmSync(draft, { recursive: true, force: true });
  try {
    fill(draft);
    fs.renameSync(draft, target);
  } catch (error) {
    // Another evaluation may have been first: its copy is the same.
    if (!fs.existsSync(target)) throw error;
  } finally {
    fs.rmSync(draft, { recursive: true, force: true });
  }
  return target;
}

/** Writes a file in one step: a reader gets the old content or the new one. Makes its folder. */
export function replaceFile(file: string, content: Uint8Array): void {
  fs.mkdirSync(path.dirname(file), { recursive: true });
  const draft = `${file}.${process.pid}`;
  try {
    fs.writeFileSync(draft, content);
    fs.renameSync(draft, file);
  } catch (error) {
    // On a full disk, half a draft would only take more of it.
    fs.rmSync(draft, { force: true });
    throw error;
  }
}
