import { spawn } from "node:child_process";
import { once } from "node:events";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { boolean, command, wholeNumber } from "@paddock/local/command";
import { ACCOUNT_ID, declare, readStackConfig } from "@paddock/local/program";
import { stacksOf } from "@paddock/policy";
import { quantile } from "./lib/statistics";

const ROOT = path.resolve(__dirname, "..");
const PLACE = { region: "us-east-1", accountId: ACCOUNT_ID };

async function evaluate(): Promise<void> {
  for (const stack of stacksOf(ROOT)) {
    const stackConfig = readStackConfig(ROOT, stack, {}, true);
    await declare({ stackConfig, place: PLACE, onlyJudged: true });
  }
}

async function measure(rounds: number): Promise<void> {
  const commands = {
    evaluate: ["bench/policyGate.ts", "--evaluate"],
    judge: ["bin/policy.ts", "--json"],
  };
  const seconds = { evaluate: [] as number[], judge: [] as number[] };
  // The first packages are built once, and kept.
  await run(commands.judge);
  for (let round = 0; round < rounds; round++) {
    seconds.evaluate.push(await run(commands.evaluate));
    seconds.judge.push(await run(commands.judge));
  }
  const [evaluated, judged] = [quantile(seconds.evaluate, 0.5), quantile(seconds.judge, 0.5)];
  console.log(`evaluate   ${evaluated.toFixed(2)} s   (median of ${rounds})`);
  console.log(`judge      ${judged.toFixed(2)} s`);
  console.log(`ratio      ${(judged / evaluated).toFixed(2)}`);
}

async function run(args: readonly string[]): Promise<number> {
  const started = performance.now();
  const tsx = pathToFileURL(require.resolve("tsx")).href;
  const child = spawn(process.execPath, ["--import", tsx, ...args], {
    cwd: ROOT,
    stdio: ["ignore", "ignore", "inherit"],
  });
  const [code] = (await once(child, "exit")) as [number | null];
  if (code !== 0) throw new Error(`${args.join(" ")} ended with code ${code}.`);
  return (performance.now() - started) / 1000;
}

/**
 * Times `npm run policy` beside the evaluation of the same stacks without a rule, in turns, each in a process of its
 * own: what the gate costs beyond running the program.
 */
command({
  usage: "npx tsx bench/policyGate.ts [options]",
  about: "Prints how much longer `npm run policy` takes than the evaluation of the same stacks.",
  options: {
    rounds: wholeNumber([1, 1000], "runs of each", 5),
    evaluate: boolean("only evaluate the stacks, once, without a measurement"),
  },
  run: ({ rounds, evaluate: only }) => (only ? evaluate() : measure(rounds)),
});
