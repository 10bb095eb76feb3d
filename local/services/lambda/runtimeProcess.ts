import { type ChildProcess, spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import path from "node:path";
import type { Readable } from "node:stream";
import { StringDecoder } from "node:string_decoder";
import type { FunctionVersion } from "./functionVersion";

/** Starts what `/var/runtime/bootstrap` is on Lambda. */
export function startRuntime(
  version: FunctionVersion,
  options: {
    readonly runtimeFolder: string;
    readonly environment: Record<string, string>;
    /** Address for a debugger, `host:port`. @default none */
    readonly inspect?: string;
    /** Whether writing to the function's volume may fail on purpose. @default false */
    readonly hasVolumeFaults?: boolean;
  },
): ChildProcess {
  const flags = [
    ...v8Flags(version),
    ...(options.hasVolumeFaults ? ["--require", path.join(options.runtimeFolder, "faults.js")] : []),
    ...(options.inspect === undefined ? [] : [`--inspect=${options.inspect}`]),
  ];
  return spawn(process.execPath, [...flags, path.join(options.runtimeFolder, "index.js")], {
    cwd: version.taskRoot,
    env: options.environment,
    stdio: ["ignore", "pipe", "pipe"],
    // A process group of its own: Ctrl-C goes to the local cloud only, and what a function starts ends with it.
    detached: process.platform !== "win32",
    windowsHide: true,
  });
}

/** Kills a process, stopped ones too, which take no other signal, and everything it started. */
export function killGroup(child: ChildProcess): void {
  if (child.pid === undefined || child.exitCode !== null || child.signalCode !== null) return;
  try {
    if (process.platform === "win32") child.kill("SIGKILL");
    else process.kill(-child.pid, "SIGKILL");
  } catch {
    // It ended by itself meanwhile.
  }
}

/** Lambda gives a tenth of the memory to the young generation, the rest to the old. */
function v8Flags({ configuration: { memorySize } }: FunctionVersion): string[] {
  const newSpace = Math.floor(memorySize / 10);
  return [
    "--enable-source-maps",
    "--expose-gc",
    "--max-http-header-size=81920",
    `--max-semi-space-size=${Math.floor(newSpace / 2)}`,
    `--max-old-space-size=${memorySize - newSpace}`,
  ];
}

/**
 * Bytes of memory that a process has for itself: anonymous and shared anonymous pages. Mapped files (models on a
 * volume) are page cache and do not count. `undefined` where `/proc` does not exist or the process has ended.
 */
export function readPrivateMemory(pid: number): number | undefined {
  if (process.platform !== "linux") return undefined;
  let status: string;
  try {
    status = readFileSync(`/proc/${pid}/status`, "latin1");
  } catch {
    return undefined;
  }
  const anonymous = /^RssAnon:\s+(\d+) kB$/m.exec(status);
  const shared = /^RssShmem:\s+(\d+) kB$/m.exec(status);
  if (!anonymous || !shared) return undefined;
  return (Number(anonymous[1]) + Number(shared[1])) * 1024;
}

/** Bytes after which a line without an end is passed on, as CloudWatch cuts events at 256 KB. */
const MAX_LINE_LENGTH = 262_144;

/**
 * Gives a stream's lines, split at `\n` alone: Lambda's console keeps the line breaks of one message as `\r`, which
 * `node:readline` would split at.
 */
export function readLines(stream: Readable, onLine: (line: string) => void): void {
  const decoder = new StringDecoder("utf8");
  let rest = "";
  stream.on("data", (chunk: Buffer) => {
    const lines = (rest + decoder.write(chunk)).split("\n");
    rest = lines.pop() ?? "";
    for (const line of lines) onLine(line);
    if (rest.length > MAX_LINE_LENGTH) {
      onLine(rest);
      rest = "";
    }
  });
  stream.on("end", () => {
    rest += decoder.end();
    if (rest !== "") onLine(rest);
  });
}
