import fs from "node:fs";
import path from "node:path";
import { boolean, command, defineCommand, progress, strings, text, UsageError } from "@paddock/local/command";
import { type PackConfiguration, parseConfiguration } from "./lib/configuration";
import { judgeProgram, stacksOf } from "./lib/judgeProgram";
import { type StackReport, statusOf } from "./lib/stackReport";
import { jsonReport } from "./report/jsonReport";
import { sarifReport } from "./report/sarifReport";
import { tableReport } from "./report/tableReport";
import { RULES } from "./rules";

/** The gate: judges the program of every stack, and ends the process with code 1 where one fails. */
export function main(args: readonly string[]): Promise<void> {
  return command(policyCommand, args);
}

export const policyCommand = defineCommand({
  usage: "npm run policy -- [options]",
  about: `Judges the program of every stack that has a Pulumi.<stack>.yaml. It needs neither the Pulumi CLI nor an AWS
account.`,
  options: {
    program: text("DIR", "folder of another Pulumi.yaml", "."),
    stack: strings("NAME", "only this stack"),
    config: text("FILE", "levels and limits, a file as for `pulumi preview --policy-pack-config`"),
    json: boolean("the report as JSON"),
    sarif: boolean("the report as SARIF 2.1.0, for code scanning"),
  },
  notes: `Exit code 1: a mandatory rule is broken, a program could not be evaluated, or nothing was judged.`,
  run: judge,
});

interface Values {
  readonly program: string;
  readonly stack: readonly string[];
  readonly config: string | undefined;
  readonly json: boolean;
  readonly sarif: boolean;
}

async function judge(values: Values): Promise<void> {
  if (values.json && values.sarif)
    throw new UsageError("--json and --sarif are two forms of one report: give one.");
  const projectDir = path.resolve(values.program);
  const configuration = readConfiguration(values.config);
  const today = new Date().toISOString().slice(0, 10);
  const reports: StackReport[] = [];
  for (const stack of stacksToJudge(projectDir, values.stack)) {
    progress.step(`Judging the stack ${stack}`);
    reports.push(await judgeProgram({ projectDir, stack, today, configuration }));
  }
  progress.end();
  const folder = path.relative(process.cwd(), projectDir).split(path.sep).join("/");
  if (values.json) console.log(JSON.stringify(reports.map(jsonReport), undefined, 2));
  else if (values.sarif) console.log(JSON.stringify(sarifReport(RULES, reports, folder), undefined, 2));
  else console.log(reports.map(tableReport).join("\n\n"));
  if (reports.some((report) => statusOf(report) === "failed")) process.exitCode = 1;
}

/** A mistyped name is not a stack without settings; where no stack has a file, any name is. */
function stacksToJudge(projectDir: string, asked: readonly string[]): readonly string[] {
  const stacks = stacksOf(projectDir);
  if (asked.length === 0) return stacks;
  const hasFiles = fs.existsSync(path.join(projectDir, `Pulumi.${stacks[0]}.yaml`));
  const unknown = hasFiles && asked.find((stack) => !stacks.includes(stack));
  if (unknown) throw new Error(`There is no Pulumi.${unknown}.yaml in ${projectDir}.`);
  return asked;
}

function readConfiguration(file: string | undefined): PackConfiguration | undefined {
  return file === undefined ? undefined : parseConfiguration(fs.readFileSync(file, "utf8"), RULES);
}
