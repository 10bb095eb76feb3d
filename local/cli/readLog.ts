import fs from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import { clock } from "./terminal";

/** How often a file is looked at. */
const POLL_MS = 150;

/** The last lines of a function's log, to be read by a person. */
export function lastLines(file: string, count: number): string[] {
  if (!fs.existsSync(file)) return [];
  const lines = fs.readFileSync(file, "utf8").split("\n").filter(Boolean);
  return count === 0 ? [] : lines.slice(-count).map(readable);
}

/** Yields the lines that are added to a file, which need not be there yet, until `goesOn` says no. */
export async function* addedLines(file: string, goesOn: () => boolean): AsyncGenerator<string> {
  let at = fs.statSync(file, { throwIfNoEntry: false })?.size ?? 0;
  let rest = "";
  while (goesOn()) {
    const size = fs.statSync(file, { throwIfNoEntry: false })?.size ?? 0;
    // It was replaced by a new one.
    if (size < at) at = 0;
    if (size > at) {
      const lines = (rest + readFrom(file, at, size - at)).split("\n");
      at = size;
      rest = lines.pop() ?? "";
      yield* lines.map(readable);
    }
    await sleep(POLL_MS);
  }
}

function readFrom(file: string, at: number, length: number): string {
  const descriptor = fs.openSync(file, "r");
  try {
    const bytes = Buffer.alloc(length);
    return bytes.toString("utf8", 0, fs.readSync(descriptor, bytes, 0, length, at));
  } finally {
    fs.closeSync(descriptor);
  }
}

/** The time of day in front; lines that Lambda's console writes as one, with carriage returns, below each other. */
function readable(line: string): string {
  const [, time = "", text = line] = /^(\S+Z) ([\s\S]*)$/.exec(line) ?? [];
  return `${clock(new Date(time))} ${text.replaceAll("\r", "\n         ")}`;
}
