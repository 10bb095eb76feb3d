import { execFileSync } from "node:child_process";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";

export interface VariantResult {
  readonly name: string;
  readonly samples: number;
  readonly lowerQuartile: number;
  readonly median: number;
  readonly upperQuartile: number;
  readonly p99: number;
}

export interface GoalResult {
  readonly variant: string;
  readonly against: string;
  readonly quantile: number;
  /** Absent where one of both could not be measured. */
  readonly ratio?: number;
  readonly low?: number;
  readonly high?: number;
}

export interface BenchmarkResult {
  /** UTC, to the minute. */
  readonly date: string;
  readonly rounds: number;
  /** Load average over a minute, before and after. */
  readonly load: readonly [before: number, after: number];
  readonly variants: readonly VariantResult[];
  readonly goals: readonly GoalResult[];
}

export interface Results {
  readonly machine: string;
  readonly versions: Readonly<Record<string, string>>;
  readonly benchmarks: Readonly<Record<string, BenchmarkResult>>;
}

const FILE = path.resolve(__dirname, "../results.json");
/** Dependencies whose versions are pinned in package.json. */
const MEASURED = ["onnxruntime-node", "sharp", "esbuild", "@aws-sdk/client-s3"];
const PEERS = ["onnxruntime", "scikit-learn", "awslambdaric", "fastapi", "uvicorn", "bentoml", "litserve"];

export function readResults(): Results {
  return JSON.parse(fs.readFileSync(FILE, "utf8"));
}

export function writeResults(results: Results): void {
  fs.writeFileSync(FILE, `${JSON.stringify(results, undefined, 2)}\n`);
}

export function thisMachine(): string {
  const cpus = os.cpus();
  const gib = Math.round(os.totalmem() / 2 ** 30);
  return `${cpus.length} × ${cpus[0]?.model.trim()}, ${gib} GiB, ${os.type()} ${os.arch()}`;
}

/** The versions of what is compared. @param python  The peers' own. */
export function versionsHere(python: string | undefined): Record<string, string> {
  const own = JSON.parse(fs.readFileSync(path.resolve(__dirname, "../../package.json"), "utf8"));
  const versions: Record<string, string> = { "Node.js": process.versions.node };
  for (const name of MEASURED) versions[name] = own.dependencies[name];
  if (python === undefined) return versions;
  const code = `import platform, importlib.metadata as m, json
print(json.dumps({"Python": platform.python_version(), **{n: m.version(n) for n in ${JSON.stringify(PEERS)}}}))`;
  return { ...versions, ...JSON.parse(execFileSync(python, ["-c", code], { encoding: "utf8" })) };
}
