import { spawnSync } from "node:child_process";
import fs from "node:fs";
import path from "node:path";
import type { Counts } from "./kinds";
import { type ProbeRun, runProbe } from "./runProbe";
import type { Subject } from "./subject";
import { readSystemCalls, STRACE } from "./systemCalls";

/** Counts what Node.js can count by itself: modules, allocations and log lines. */
export async function countByNode(
  subject: Subject,
  folder: string,
): Promise<{ counts: Counts; run: ProbeRun }> {
  const run = await runProbe(subject, { folder, warmUp: 300, requests: 31 });
  const lines = run.log.split("\n").filter(Boolean);
  const counts = {
    modules: run.modules.length,
    builtins: run.builtins,
    moduleBytes: run.modules.reduce((sum, file) => sum + fs.statSync(file).size, 0),
    allocated: median(run.allocated),
    logLines: lines.length / run.requests,
    logBytes: lines.at(-1)?.length ?? 0,
  };
  return { counts, run };
}

/** Counts system calls and files, where strace is there. */
export async function countByStrace(subject: Subject, folder: string): Promise<Counts> {
  const requests = 20;
  const trace = path.join(folder, `${subject.name}.strace`);
  await runProbe(subject, { folder, under: [...STRACE, "--output", trace], warmUp: 20, requests });
  const { coldStart, warm } = readSystemCalls(fs.readFileSync(trace, "latin1"));
  const each = (count: number) => Math.round((count / requests) * 100) / 100;
  return {
    ...coldStart,
    systemCalls: each(warm.systemCalls),
    writes: each(warm.writes),
    reads: each(warm.reads),
    opened: each(warm.opened),
  };
}

/** Whether strace is there and may trace. */
export function hasStrace(): boolean {
  return spawnSync("strace", ["--quiet=all", "--output=/dev/null", "true"], { stdio: "ignore" }).status === 0;
}

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[values.length >> 1] ?? 0;
}
