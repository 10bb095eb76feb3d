import { spawn } from "node:child_process";
import { once } from "node:events";
import fs from "node:fs";
import path from "node:path";
import { text } from "node:stream/consumers";
import { build } from "../../infra/packaging/bundleCache";
import { PROJECT_ROOT } from "../../infra/packaging/paths";
import type { ProbeReport } from "./probeReport";
import type { Subject } from "./subject";

export interface ProbeOptions {
  /** A folder for the files of this run. */
  readonly folder: string;
  /** The program that runs Node.js, with its options. @default Node.js runs by itself */
  readonly under?: readonly string[];
  /** Requests before those that are counted. */
  readonly warmUp: number;
  readonly requests: number;
}

export interface ProbeRun extends ProbeReport {
  /** The handler's log lines. */
  readonly log: string;
}

/**
 * Options by which the same requests allocate and execute the same: a young generation that is not collected all the time,
 * and a V8 that compiles code where it is called often enough, not when a thread beside has got there.
 */
const NODE_OPTIONS = [
  "--min-semi-space-size=64",
  "--max-semi-space-size=64",
  "--single-threaded",
  "--hash-seed=1",
  "--random-seed=1",
];

/** Runs a handler in a process of its own, as a new instance would be, and counts. */
export async function runProbe(subject: Subject, options: ProbeOptions): Promise<ProbeRun> {
  const folder = fs.mkdtempSync(path.join(options.folder, `${subject.name.replace(/\W/g, "-")}-`));
  const [event, report, tmp] = ["event.json", "report.json", "tmp"].map((name) => path.join(folder, name));
  fs.writeFileSync(event as string, subject.event);
  fs.mkdirSync(tmp as string);
  const [file = "", ...args] = [...(options.under ?? []), process.execPath, ...NODE_OPTIONS, probe(folder)];
  const counts = [options.warmUp, options.requests].map(String);
  const child = spawn(file, [...args, event as string, report as string, ...counts], {
    cwd: subject.environment.LAMBDA_TASK_ROOT,
    env: { ...subject.environment, TMPDIR: tmp },
    stdio: ["ignore", "pipe", "pipe"],
  });
  const [log, errors, [code]] = await Promise.all([
    text(child.stdout),
    text(child.stderr),
    once(child, "close"),
  ]);
  if (code !== 0) throw new Error(`${subject.name} ended with ${code}: ${(errors || log).slice(-2000)}`);
  const counted = JSON.parse(fs.readFileSync(report as string, "utf8")) as ProbeReport;
  if (counted.response.statusCode !== 200)
    throw new Error(`${subject.name} responds ${JSON.stringify(counted.response).slice(0, 500)}`);
  return { ...counted, log };
}

/** The probe as one file of JavaScript. */
function probe(folder: string): string {
  const built = build(path.join(__dirname, "probe.ts"), {
    absWorkingDir: PROJECT_ROOT,
    outfile: "probe.js",
    bundle: true,
    platform: "node",
    target: "node20",
    format: "cjs",
  });
  const file = path.join(folder, "probe.js");
  fs.writeFileSync(file, built.outputs["probe.js"] as Uint8Array);
  return file;
}
