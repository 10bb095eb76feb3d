import { spawn } from "node:child_process";
import os from "node:os";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { listProcesses } from "./helpers/process/listProcesses";

/**
 * Runs the tests of some tiers: `tsx test/run.ts unit integration`, and then options of mocha's. One file more at a time
 * than there are cores, since some wait for a process or for time to pass. What the tests leave behind is ended with the run, and fails it.
 */
const TIERS: Readonly<Record<string, string>> = {
  integration: "test/**/*.integration.test.ts",
  tools: "test/**/*.tools.test.ts",
  unit: "test/**/!(*.*).test.ts",
};

/** ms in which the last processes end by themselves, for example esbuild's, which notices that its parent has gone. */
const GRACE_MS = 20_000;

async function run(args: readonly string[]): Promise<number> {
  const options = args.filter((arg) => !Object.hasOwn(TIERS, arg));
  // The slower tiers first: small files fill up what is left of the time.
  const files = Object.keys(TIERS).flatMap((tier) => (args.includes(tier) ? [TIERS[tier] ?? ""] : []));
  const jobs = String(os.availableParallelism() + 1);
  const mocha = spawn(
    process.execPath,
    [path.resolve("node_modules/mocha/bin/mocha.js"), "--parallel", "--jobs", jobs, ...options, ...files],
    // A process group of its own: what a test starts is in it, whoever its parent is in the end.
    { stdio: "inherit", detached: true },
  );
  const group = mocha.pid as number;
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) {
    process.on(signal, () => process.kill(-group, signal));
  }
  const code = await new Promise<number>((resolve, reject) => {
    mocha.once("error", reject);
    mocha.once("exit", (exitCode) => resolve(exitCode ?? 1));
  });

  const deadline = Date.now() + GRACE_MS;
  const leftBehind = () => listProcesses().filter((running) => running.group === group);
  while (leftBehind().length > 0 && Date.now() < deadline) await sleep(100);
  const left = leftBehind();
  if (left.length === 0) return code;
  process.kill(-group, "SIGKILL");
  console.error(
    `Left behind by the tests, and ended now:\n${left.map(({ command }) => `  ${command}`).join("\n")}`,
  );
  return code || 1;
}

run(process.argv.slice(2)).then((code) => {
  process.exitCode = code;
});
