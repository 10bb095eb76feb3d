import fs from "node:fs";
import { childrenOf } from "../startCloud";

/** What the processes of one kind take, on average. */
export interface Usage {
  readonly processes: number;
  readonly mb: number;
  readonly files: number;
}

/** The cloud and the instances of each function at one moment. */
export interface Sample {
  /** Minutes since the first. */
  readonly at: number;
  /** By the function's name; the cloud's own is {@link CLOUD}. */
  readonly usage: ReadonlyMap<string, Usage>;
}

export const CLOUD = "the local cloud";

export function takeSample(pid: number, at: number): Sample | undefined {
  const cloud = look(pid);
  if (cloud === undefined) return undefined;
  const byFunction = new Map<string, { mb: number; files: number }[]>();
  for (const child of childrenOf(pid)) {
    const [name, found] = [functionOf(child), look(child)];
    if (name && found) byFunction.set(name, [...(byFunction.get(name) ?? []), found]);
  }
  const usage = [...byFunction].map(([name, all]): [string, Usage] => [
    name,
    { processes: all.length, mb: mean(all.map(({ mb }) => mb)), files: mean(all.map(({ files }) => files)) },
  ]);
  return { at, usage: new Map([[CLOUD, { processes: 1, ...cloud }], ...usage.sort()]) };
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / Math.max(values.length, 1);
}

/** The function that a process is an instance of, without the suffix of its name; the cloud has other processes, too. */
function functionOf(pid: number): string | undefined {
  try {
    const environment = fs.readFileSync(`/proc/${pid}/environ`, "utf8");
    return /(?:^|\0)AWS_LAMBDA_FUNCTION_NAME=([^\0]+?)(?:-[0-9a-f]{7})?\0/.exec(environment)?.[1];
  } catch {
    // It has ended since.
    return undefined;
  }
}

/** Private memory, as the local cloud itself counts it, and open files. */
function look(pid: number): { mb: number; files: number } | undefined {
  try {
    const status = fs.readFileSync(`/proc/${pid}/status`, "utf8");
    const kb = ["RssAnon", "RssShmem"].map((name) =>
      Number(new RegExp(`^${name}:\\s*(\\d+)`, "m").exec(status)?.[1] ?? 0),
    );
    return {
      mb: kb.reduce((sum, each) => sum + each, 0) / 1024,
      files: fs.readdirSync(`/proc/${pid}/fd`).length,
    };
  } catch {
    // It has ended since.
    return undefined;
  }
}

/** Gives how much a value grows a minute: the slope of least squares. */
export function slopeOf(points: readonly (readonly [x: number, y: number])[]): number {
  const n = Math.max(points.length, 1);
  const meanX = points.reduce((sum, [x]) => sum + x, 0) / n;
  const meanY = points.reduce((sum, [, y]) => sum + y, 0) / n;
  const over = points.reduce((sum, [x, y]) => sum + (x - meanX) * (y - meanY), 0);
  const under = points.reduce((sum, [x]) => sum + (x - meanX) ** 2, 0);
  return under === 0 ? 0 : over / under;
}
