import { spawnSync } from "node:child_process";
import fs from "node:fs";
import path from "node:path";
import type { Counter, Counts } from "./kinds";
import { runProbe } from "./runProbe";
import type { Subject } from "./subject";
import { readSystemCalls, STRACE } from "./systemCalls";

/** Counts what Node.js can count by itself: modules, allocations and log lines. */
export async function countByNode(subject: Subject, folder: string) {
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

/** valgrind's options: instructions only, and code is looked at again where V8 has written it. */
const VALGRIND = ["valgrind", "--tool=cachegrind", "--cache-sim=no", "--smc-check=all-non-file"];

/**
 * Counts the instructions of requests as the difference between two runs, one of twice as many: what starts is in both.
 * Small requests only: valgrind is fifty times slower.
 */
export async function countByValgrind(subject: Subject, folder: string): Promise<Counts> {
  const instructionsOf = async (requests: number) => {
    const out = path.join(folder, `${subject.name}-${requests}.cachegrind`);
    const under = [...VALGRIND, "--log-file=/dev/null", `--cachegrind-out-file=${out}`];
    await runProbe(subject, { folder, under, warmUp: 0, requests });
    return Number(/^summary: *(\d+)/m.exec(fs.readFileSync(out, "latin1"))?.[1]);
  };
  const requests = 100;
  const [once = 0, twice = 0] = await Promise.all([instructionsOf(requests), instructionsOf(2 * requests)]);
  return { instructions: Math.round((twice - once) / requests) };
}

/** The counters that this machine has. */
export function availableCounters(): Counter[] {
  const runs = (...[file = "", ...args]: readonly string[]) =>
    spawnSync(file, args, { stdio: "ignore" }).status === 0;
  return [
    "node",
    // Containers may forbid to trace.
    ...(runs("strace", "--output=/dev/null", "true") ? (["strace"] as const) : []),
    ...(runs("valgrind", "--version") ? (["valgrind"] as const) : []),
  ];
}

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[values.length >> 1] ?? 0;
}
