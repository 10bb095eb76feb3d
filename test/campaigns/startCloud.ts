import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import fs from "node:fs";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { readRunningCloud } from "@paddock/local/running";
import { freePorts } from "../helpers/cloud/freePorts";

const ROOT = path.resolve(__dirname, "../..");

/** ms that a cloud may take to end its functions, and that a killed process may be there after it: much, where it is busy. */
const [END_MS, LEFT_MS] = [60_000, 20_000];

/** `npm start` in a process of its own. */
export interface StartedCloud {
  readonly pid: number;
  readonly dataDir: string;
  readonly outputs: Readonly<Record<string, unknown>>;
  /** An administrator's key for its S3 and endpoints. */
  readonly rootKey: { readonly accessKeyId: string; readonly secretAccessKey: string };
  readonly region: string;
  /** Its output so far. */
  printed(): string;
  /** Ends it as Ctrl-C does. @returns What is not as it should be then. */
  end(): Promise<readonly string[]>;
}

/** Starts the stack with data of its own. @param options  Of `npm start`. */
export async function startCloud(folder: string, options: readonly string[] = []): Promise<StartedCloud> {
  const dataDir = path.join(folder, "data");
  const args = ["--data", dataDir, "--port", String(await freePorts()), ...options];
  const child = spawn(
    process.execPath,
    ["--require", require.resolve("tsx/cjs"), path.join(ROOT, "local/cli/start.ts"), ...args],
    { cwd: ROOT, stdio: ["ignore", "pipe", "pipe"] },
  );
  let printed = "";
  for (const stream of [child.stdout, child.stderr]) stream.on("data", (chunk) => (printed += chunk));
  while (!printed.includes("Serving the stack")) {
    await Promise.race([once(child.stdout, "data"), once(child, "exit")]);
    if (child.exitCode !== null) throw new Error(`npm start ended: ${printed}`);
  }
  const running = readRunningCloud(dataDir);
  if (running === undefined || child.pid === undefined) throw new Error("npm start serves nothing");
  return {
    pid: child.pid,
    dataDir,
    outputs: running.outputs,
    region: running.region,
    rootKey: JSON.parse(fs.readFileSync(path.join(dataDir, "iam", "root.json"), "utf8")),
    printed: () => printed,
    end: () => end(child, dataDir),
  };
}

async function end(child: ChildProcess, dataDir: string): Promise<string[]> {
  const functions = childrenOf(child.pid ?? 0);
  child.kill("SIGINT");
  const exited = child.exitCode === null ? once(child, "exit").then(() => true) : true;
  if (!(await Promise.race([exited, sleep(END_MS, false)]))) {
    child.kill("SIGKILL");
    return [`The cloud does not end within ${END_MS} ms.`];
  }
  let left = functions.filter(isRunning);
  for (const deadline = Date.now() + LEFT_MS; left.length > 0 && Date.now() < deadline; ) {
    await sleep(50);
    left = left.filter(isRunning);
  }
  return [
    ...(child.exitCode === 0 ? [] : [`The cloud ends with ${child.exitCode ?? child.signalCode}.`]),
    ...left.map((pid) => `A process is left ${LEFT_MS} ms after the cloud: ${commandOf(pid)}`),
    ...(readRunningCloud(dataDir) === undefined ? [] : ["The data folder says that it runs."]),
  ];
}

function isRunning(pid: number): boolean {
  try {
    // One that ended stays in the list until its new parent looks.
    return !/^State:\s*Z/m.test(fs.readFileSync(`/proc/${pid}/status`, "utf8"));
  } catch {
    return false;
  }
}

function commandOf(pid: number): string {
  return fs.readFileSync(`/proc/${pid}/cmdline`, "utf8").replaceAll("\0", " ").slice(0, 200);
}

/** Gives the processes that a process started. */
export function childrenOf(pid: number): number[] {
  return fs
    .readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name))
    .map(Number)
    .filter((each) => parentOf(each) === pid);
}

function parentOf(pid: number): number | undefined {
  try {
    const status = fs.readFileSync(`/proc/${pid}/status`, "utf8");
    return Number(/^PPid:\s*(\d+)/m.exec(status)?.[1]);
  } catch {
    // It has ended since.
    return undefined;
  }
}
