import fs from "node:fs";
import { childrenOf } from "../startCloud";

/** The memory and files that the processes of one kind take, on average. */
export interface Usage {
  readonly processes: number;
  readonly mb: number;
  readonly files: number;
  /** The most MB that V8's young generation may take of it. */
  readonly youngMb: number;
}

/** The cloud and the instances of each function at one moment. */
export interface Sample {
  /** Minutes since the first. */
  readonly at: number;
  /** Keyed by the function's name; the cloud's own is {@link CLOUD}. */
  readonly usage: ReadonlyMap<string, Usage>;
}

export const CLOUD = "the local cloud";

export function takeSample(pid: number, at: number): Sample | undefined {
  const cloud = look(pid);
  if (cloud === undefined) return undefined;
  const byFunction = new Map<string, Look[]>();
  for (const child of childrenOf(pid)) {
    const [name, found] = [functionOf(child), look(child)];
    if (name && found) byFunction.set(name, [...(byFunction.get(name) ?? []), found]);
  }
  const usage = [...byFunction].map(([name, all]): [string, Usage] => [
    name,
    {
      processes: all.length,
      mb: mean(all.map(({ mb }) => mb)),
      files: mean(all.map(({ files }) => files)),
      youngMb: mean(all.map(({ youngMb }) => youngMb)),
    },
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

type Look = Omit<Usage, "processes">;

/** Private memory, as the local cloud itself counts it, and open files. */
function look(pid: number): Look | undefined {
  try {
    const status = fs.readFileSync(`/proc/${pid}/status`, "utf8");
    const kb = ["RssAnon", "RssShmem"].map((name) =>
      Number(new RegExp(`^${name}:\\s*(\\d+)`, "m").exec(status)?.[1] ?? 0),
    );
    return {
      mb: kb.reduce((sum, each) => sum + each, 0) / 1024,
      files: fs.readdirSync(`/proc/${pid}/fd`).length,
      youngMb: youngGenerationOf(fs.readFileSync(`/proc/${pid}/cmdline`, "utf8")),
    };
  } catch {
    // It has ended since.
    return undefined;
  }
}

/** MB of V8's semi-space without a flag, on 64 bits. */
const SEMI_SPACE_MB = 16;

/** Two semi-spaces, each rounded up to a power of two. A process doubles them, in steps, until they are that large. */
export function youngGenerationOf(commandLine: string): number {
  const semiSpace = Number(/--max-semi-space-size=(\d+)/.exec(commandLine)?.[1] ?? SEMI_SPACE_MB);
  return 2 * 2 ** Math.ceil(Math.log2(semiSpace));
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
