import fs from "node:fs";
import path from "node:path";
import { logicalName } from "../resources/logicalName";
import type { LogLine } from "../services/lambda/invocation";
import { GatheredLines } from "./gatheredLines";

/** Bytes of one function's log; older lines go to a second file, which is replaced. */
const MAX_BYTES = 8 * 1024 * 1024;

/** Keeps what functions log, a file each, for `npm run logs`. */
export class LogFiles {
  readonly #dataDir: string;
  /** Keyed by the function's logical name. */
  readonly #lines = new Map<string, GatheredLines>();

  constructor(dataDir: string) {
    this.#dataDir = dataDir;
  }

  write({ functionName, line }: LogLine): void {
    const name = logicalName(functionName);
    let lines = this.#lines.get(name);
    if (lines === undefined) {
      const file = logFile(this.#dataDir, name);
      lines = new GatheredLines((text) => append(file, `${text}\n`));
      this.#lines.set(name, lines);
    }
    lines.add(`${new Date().toISOString()} ${line.replaceAll("\n", "\r")}`);
  }

  /** Writes the lines that are still in memory. */
  flush(): void {
    for (const lines of this.#lines.values()) lines.flush();
  }
}

function append(file: string, text: string): void {
  try {
    fs.mkdirSync(path.dirname(file), { recursive: true });
    if (sizeOf(file) > MAX_BYTES) fs.renameSync(file, `${file}.old`);
    fs.appendFileSync(file, text);
  } catch {
    // A full disk must not end the local cloud: lines are lost until there is room.
  }
}

/** The path of a function's log. @param name  Its logical name. */
export function logFile(dataDir: string, name: string): string {
  return path.join(dataDir, "logs", `${name}.log`);
}

/** Logical names of the functions that have logged anything. */
export function loggedNames(dataDir: string): string[] {
  const folder = path.join(dataDir, "logs");
  if (!fs.existsSync(folder)) return [];
  return fs
    .readdirSync(folder)
    .filter((file) => file.endsWith(".log"))
    .map((file) => path.basename(file, ".log"));
}

function sizeOf(file: string): number {
  return fs.statSync(file, { throwIfNoEntry: false })?.size ?? 0;
}
