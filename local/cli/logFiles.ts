import fs from "node:fs";
import path from "node:path";
import { logicalName } from "../resources/logicalName";
import type { LogLine } from "../services/lambda/invocation";

/** Bytes of one function's log; older lines go to a second file, which is replaced. */
const MAX_BYTES = 8 * 1024 * 1024;

interface LogFile {
  readonly stream: fs.WriteStream;
  bytes: number;
}

/** Keeps what functions log, a file each, for `npm run logs`. */
export class LogFiles {
  readonly #dataDir: string;
  readonly #files = new Map<string, LogFile>();

  constructor(dataDir: string) {
    this.#dataDir = dataDir;
  }

  write({ functionName, line }: LogLine): void {
    const name = logicalName(functionName);
    let log: LogFile;
    try {
      log = this.#files.get(name) ?? this.#open(name);
    } catch {
      // A full disk must not end the local cloud.
      return;
    }
    const text = `${new Date().toISOString()} ${line.replaceAll("\n", "\r")}\n`;
    log.stream.write(text);
    log.bytes += Buffer.byteLength(text);
    if (log.bytes <= MAX_BYTES) return;
    log.stream.end();
    this.#files.delete(name);
  }

  async close(): Promise<void> {
    const closed = ({ stream }: LogFile) =>
      new Promise<void>((resolve) => stream.once("close", resolve).end());
    const open = [...this.#files.values()];
    this.#files.clear();
    await Promise.all(open.map(closed));
  }

  #open(name: string): LogFile {
    const file = logFile(this.#dataDir, name);
    fs.mkdirSync(path.dirname(file), { recursive: true });
    if (sizeOf(file) > MAX_BYTES) fs.renameSync(file, `${file}.old`);
    const log = { stream: fs.createWriteStream(file, { flags: "a" }), bytes: sizeOf(file) };
    // Lines are lost while the disk is full; the next one after that opens the file again.
    log.stream.on("error", () => this.#files.delete(name));
    this.#files.set(name, log);
    return log;
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
