import { type ChildProcess, spawn } from "node:child_process";
import path from "node:path";
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
