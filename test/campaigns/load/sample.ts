import fs from "node:fs";
import { childrenOf } from "../startCloud";

/** The cloud and its functions at one moment. */
export interface Sample {
  /** Minutes since the first. */
  readonly at: number;
  readonly cloudMb: number;
  readonly cloudFiles: number;
  readonly instances: number;
  /** Of an instance, on average. */
  readonly instanceMb: number;
  readonly instanceFiles: number;
}

export function takeSample(pid: number, at: number): Sample | undefined {
  const cloud = look(pid);
  const instances = childrenOf(pid).flatMap((child) => look(child) ?? []);
  if (cloud === undefined) return undefined;
  const mean = (of: (each: { mb: number; files: number }) => number) =>
    instances.reduce((sum, each) => sum + of(each), 0) / Math.max(instances.length, 1);
  return {
    at,
    cloudMb: cloud.mb,
    cloudFiles: cloud.files,
    instances: instances.length,
    instanceMb: mean(({ mb }) => mb),
    instanceFiles: mean(({ files }) => files),
  };
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
