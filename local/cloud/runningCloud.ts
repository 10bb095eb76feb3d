import fs from "node:fs";
import path from "node:path";
import { writeDataFile } from "../resources/dataFile";
import { processStart } from "./processStart";

/** Facts about a running local cloud that other commands need: `running.json` in its data folder. */
export interface RunningCloud {
  readonly pid: number;
  readonly outputs: Readonly<Record<string, unknown>>;
  /** The region that requests are signed for. */
  readonly region: string;
  /** The provider's address for the real engine, under `npm run local`. */
  readonly providerPort?: number;
}

/** `running.json`, from the moment that a process takes the folder. */
export interface Holder extends Partial<RunningCloud> {
  readonly pid: number;
  /** {@link processStart} of the process. */
  readonly started?: string;
}

/** Longer than a process needs to take a folder. */
const TAKING_MS = 5000;

const fileIn = (dataDir: string) => path.join(dataDir, "running.json");

/** The local cloud that serves this data folder, if one does. */
export function readRunningCloud(dataDir: string): RunningCloud | undefined {
  const holder = holderOf(dataDir);
  const { pid, outputs, region, providerPort } = holder ?? {};
  if (pid === undefined || outputs === undefined || region === undefined) return undefined;
  return { pid, outputs, region, providerPort };
}

/**
 * Takes the data folder for this process, before anything in it is opened.
 *
 * @throws Error  Another local cloud has it.
 */
export function claimDataFolder(dataDir: string): void {
  fs.mkdirSync(dataDir, { recursive: true });
  const claim = path.join(dataDir, "claim");
  if (!makeFolder(claim)) {
    // Negative where the clock was set back meanwhile.
    const age = Date.now() - (fs.statSync(claim, { throwIfNoEntry: false })?.mtimeMs ?? 0);
    if (Math.abs(age) < TAKING_MS)
      throw new Error(`Another local cloud starts on ${dataDir}: stop that first.`);
    // Its process died between the lines below.
    fs.rmSync(claim, { recursive: true, force: true });
    claimDataFolder(dataDir);
    return;
  }
  try {
    const holder = holderOf(dataDir);
    if (holder && holder.pid !== process.pid) {
      throw new Error(`A local cloud runs already on ${dataDir}, as process ${holder.pid}: stop that first.`);
    }
    write(dataDir, {});
  } finally {
    fs.rmSync(claim, { recursive: true, force: true });
  }
}

/** Says that this process serves. */
export function writeRunningCloud(
  dataDir: string,
  { outputs, region, providerPort }: Omit<RunningCloud, "pid">,
): void {
  write(dataDir, { outputs, region, providerPort });
}

export function removeRunningCloud(dataDir: string): void {
  fs.rmSync(fileIn(dataDir), { force: true });
}

function write(dataDir: string, cloud: Partial<RunningCloud>): void {
  const { pid } = process;
  writeDataFile(fileIn(dataDir), { ...cloud, pid, started: processStart(pid) } satisfies Holder);
}

/** The living process that the file names; a file that a crash left, or damaged, names none. */
export function holderOf(dataDir: string): Holder | undefined {
  try {
    const holder = JSON.parse(fs.readFileSync(fileIn(dataDir), "utf8")) as Holder;
    if (!isRunning(holder.pid)) return undefined;
    const start = processStart(holder.pid);
    const isAnother = holder.started !== undefined && start !== undefined && start !== holder.started;
    return isAnother ? undefined : holder;
  } catch {
    return undefined;
  }
}

function isRunning(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    // It runs, as another user.
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}

/** Whether the folder was made; at any time only one process makes it. */
function makeFolder(folder: string): boolean {
  try {
    fs.mkdirSync(folder);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "EEXIST") return false;
    throw error;
  }
}
