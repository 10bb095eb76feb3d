import fs from "node:fs";
import path from "node:path";

/** What other commands need to know of a local cloud that runs: `running.json` in its data folder. */
export interface RunningCloud {
  readonly pid: number;
  readonly outputs: Readonly<Record<string, unknown>>;
  /** What requests are signed for. */
  readonly region: string;
  /** Where the real engine finds the provider, under `npm run local`. */
  readonly providerPort?: number;
}

const fileIn = (dataDir: string) => path.join(dataDir, "running.json");

/** The local cloud that runs on this data folder, if one does. */
export function readRunningCloud(dataDir: string): RunningCloud | undefined {
  try {
    const running = JSON.parse(fs.readFileSync(fileIn(dataDir), "utf8")) as RunningCloud;
    process.kill(running.pid, 0); // Throws where there is no such process: the file was left by a crash.
    return running;
  } catch {
    return undefined;
  }
}

/** Says that this process serves. */
export function writeRunningCloud(
  dataDir: string,
  { outputs, region, providerPort }: Omit<RunningCloud, "pid">,
): void {
  const draft = `${fileIn(dataDir)}.${process.pid}`;
  fs.writeFileSync(draft, JSON.stringify({ pid: process.pid, outputs, region, providerPort }, undefined, 2));
  fs.renameSync(draft, fileIn(dataDir));
}

export function removeRunningCloud(dataDir: string): void {
  fs.rmSync(fileIn(dataDir), { force: true });
}
