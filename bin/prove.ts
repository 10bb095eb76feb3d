import { execFileSync } from "node:child_process";
import fs from "node:fs";
import path from "node:path";
import { createInterface } from "node:readline/promises";
import { boolean, command, progress, text, wholeNumber } from "@paddock/local/command";
import { ACCOUNT_ID, declare, readStackConfig } from "@paddock/local/program";
import { fixedCosts } from "@paddock/policy";
import { compareRecordings } from "./lib/prove/compareRecordings";
import { evidencePage } from "./lib/prove/evidencePage";
import { awsPlace, localPlace } from "./lib/prove/place";
import { record } from "./lib/prove/record";
import type { Recording } from "./lib/prove/recording";

const WORK_DIR = path.resolve(".paddock/prove");

command({
  usage: "npm run prove [-- options]",
  about: `Deploys throw-away stacks to your AWS account, sends them every kind of request, destroys them, and compares the
responses with the local cloud's: evidence/<date>-<region>.md has every difference.`,
  options: {
    region: text("NAME", "AWS region", "us-east-1"),
    keep: boolean("leave the stacks deployed; the next run removes them first"),
    yes: boolean("deploy without asking"),
    local: boolean("compare two local clouds instead, one after the other: no AWS account is needed"),
    port: wholeNumber([1, 65_000], "first of the local cloud's ports", 4700),
  },
  notes: `It uses your Pulumi login and AWS credentials, and needs \`pulumi\` on PATH. A run that was killed leaves stacks: the next
one removes them first. Exit code 1 where there are differences.`,
  async run({ region, keep, yes, local, port }) {
    if (!local && !yes && !(await isAgreed(region))) return;
    const onStep = (step: string) => progress.step(step);
    const here = await recordHere(port, onStep);
    const there = local
      ? { ...(await recordHere(port, onStep)), place: "another local cloud" }
      : await record(awsPlace(region, WORK_DIR), { keep, onStep });
    progress.end();
    const differences = compareRecordings(here, there);
    const found = differences.filter(({ reason }) => reason === undefined);
    const date = new Date().toISOString().slice(0, 10);
    const file = path.join("evidence", `${date}-${local ? "local" : region}.md`);
    fs.mkdirSync("evidence", { recursive: true });
    fs.writeFileSync(file, evidencePage({ here, there, differences, date, versions: versions() }));
    fs.writeFileSync(file.replace(/md$/, "json"), `${JSON.stringify(there, undefined, 2)}\n`);
    for (const { name, at } of found) console.log(`${name}: ${at}`);
    console.log(
      `${there.observations.length} requests, ${found.length} differences: ${file}; the recording is beside it.`,
    );
    process.exitCode = found.length === 0 ? 0 : 1;
  },
});

async function recordHere(port: number, onStep: (step: string) => void): Promise<Recording> {
  const place = await localPlace(WORK_DIR, port);
  try {
    return await record(place, { keep: false, onStep });
  } finally {
    await place.close();
  }
}

/** Says what will be made and what it costs, and asks. */
async function isAgreed(region: string): Promise<boolean> {
  progress.step("Counting what will be deployed");
  const stackConfig = readStackConfig(process.cwd(), "dev", { "paddock:egress": "none" });
  const { resources } = await declare({ stackConfig, place: { region, accountId: ACCOUNT_ID } });
  progress.end();
  const costs = fixedCosts(
    resources.map(({ type, name, outputs }) => ({ type, name, props: outputs })),
  ).reduce((sum, { dollars }) => sum + (dollars ?? 0), 0);
  console.log(
    `Two stacks of this program with ${resources.length} resources each, and one with an echoing function, in ${region}:
about ${(0.05 + (2 * costs) / 730).toFixed(2)} USD for the half hour that they are there, destroyed afterwards.
They are deployed with your Pulumi login and your AWS credentials.`,
  );
  const terminal = createInterface({ input: process.stdin, output: process.stdout });
  const reply = await terminal.question("Deploy? [y/N] ");
  terminal.close();
  return /^y(es)?$/i.test(reply.trim());
}

function versions(): Record<string, string> {
  const run = (file: string, ...args: string[]) => {
    try {
      return execFileSync(file, args, { encoding: "utf8", stdio: ["ignore", "pipe", "ignore"] }).trim();
    } catch {
      return "unknown";
    }
  };
  return {
    "Node.js": process.version,
    Pulumi: run("pulumi", "version"),
    commit: run("git", "rev-parse", "--short", "HEAD"),
  };
}
