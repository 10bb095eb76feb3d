import fs from "node:fs";
import { replaceFile } from "./files";

/**
 * Reads a JSON file of a local cloud's data folder; `undefined` where there is none.
 *
 * @param cure   What to do about a damaged file, e.g. "delete it, and every address is chosen anew".
 * @throws Error  The file is damaged.
 */
export function readDataFile<T>(file: string, cure: string): T | undefined {
  let text: string;
  try {
    text = fs.readFileSync(file, "utf8");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return undefined;
    throw error;
  }
  try {
    const value: T = JSON.parse(text);
    if (typeof value === "object" && value !== null) return value;
    throw new Error(`it holds ${text.slice(0, 100)}`);
  } catch (cause) {
    throw new Error(`${file} is damaged (${(cause as Error).message}): ${cure}.`, { cause });
  }
}

/** Replaces a JSON file in one step, so that a crash leaves the old or the new one. */
export function writeDataFile(file: string, value: unknown, mode?: number): void {
  replaceFile(file, `${JSON.stringify(value, undefined, 1)}\n`, { mode });
}
