import fs from "node:fs";
import path from "node:path";
import { parseArgs } from "node:util";
import { type PackConfiguration, parseConfiguration } from "./lib/configuration";
import { judgeProgram, stacksOf } from "./lib/judgeProgram";
import { type StackReport, statusOf } from "./lib/stackReport";
import { jsonReport } from "./report/jsonReport";
import { sarifReport } from "./report/sarifReport";
import { tableReport } from "./report/tableReport";
import { RULES } from "./rules";

const USAGE = `Usage: npm run policy -- [options]

Judges the program of every stack that has a Pulumi.<stack>.yaml. It needs
neither the Pulumi CLI nor an AWS account.

  --program DIR   folder of another Pulumi.yaml (default: this folder)
  --stack NAME    only this stack; may be repeated
  --config FILE   levels and limits, a file as for
                  \`pulumi preview --policy-pack-config\`
  --json          the report as JSON
  --sarif         the report as SARIF 2.1.0, for code scanning
  --help

Exit code 1: a mandatory rule is broken, a program could not be evaluated, or
nothing was judged.`;

/** Runs the command, and ends the process with code 1 where a stack fails. */
export async function main(args: readonly string[]): Promise<void> {
  try {
    await run(args);
  } catch (error) {
    console.error(error instanceof Error ? error.message : String(error));
    process.exit(1);
  }
}

async function run(args: readonly string[]): Promise<void> {
  const { values } = parseArgs({
    args: [...args],
    options: {
      program: { type: "string", default: "." },
      stack: { type: "string", multiple: true },
      config: { type: "string" },
      json: { type: "boolean", default: false },
      sarif: { type: "boolean", default: false },
      help: { type: "boolean", default: false },
    },
  });
  if (values.help) {
    console.log(USAGE);
    return;
  }
  if (values.json && values.sarif)
    throw new Error("--json and --sarif are two forms of one report: give one.");
  const projectDir = path.resolve(values.program);
  const configuration = readConfiguration(values.config);
  const today = new Date().toISOString().slice(0, 10);
  const reports: StackReport[] = [];
  for (const stack of stacksToJudge(projectDir, values.stack)) {
    reports.push(await judgeProgram({ projectDir, stack, today, configuration }));
  }
  const folder = path.relative(process.cwd(), projectDir).split(path.sep).join("/");
  if (values.json) console.log(JSON.stringify(reports.map(jsonReport), undefined, 2));
  else if (values.sarif) console.log(JSON.stringify(sarifReport(RULES, reports, folder), undefined, 2));
  else console.log(reports.map(tableReport).join("\n\n"));
  if (reports.some((report) => statusOf(report) === "failed")) process.exitCode = 1;
}

/** A mistyped name is not a stack without settings; where no stack has a file, any name is. */
function stacksToJudge(projectDir: string, asked: readonly string[] | undefined): readonly string[] {
  const stacks = stacksOf(projectDir);
  if (asked === undefined) return stacks;
  const hasFiles = fs.existsSync(path.join(projectDir, `Pulumi.${stacks[0]}.yaml`));
  const unknown = hasFiles && asked.find((stack) => !stacks.includes(stack));
  if (unknown) throw new Error(`There is no Pulumi.${unknown}.yaml in ${projectDir}.`);
  return asked;
}

function readConfiguration(file: string | undefined): PackConfiguration | undefined {
  return file === undefined ? undefined : parseConfiguration(fs.readFileSync(file, "utf8"), RULES);
}
