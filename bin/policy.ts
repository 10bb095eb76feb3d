import fs from "node:fs";
import { parseArgs } from "node:util";
import { declare, readStackConfig } from "@paddock/local/program";
import { judgeStack } from "../policy/lib/judgeStack";
import { jsonReport } from "../policy/report/jsonReport";
import { sarifReport } from "../policy/report/sarifReport";
import { fails, type StackReport, stackReport } from "../policy/report/stackReport";
import { tableReport } from "../policy/report/tableReport";
import { RULES } from "../policy/rules";

const USAGE = `Usage: npm run policy -- [options]

Runs the policy pack over the program of every stack that has a Pulumi.<stack>.yaml; needs no Pulumi CLI.

  --stack NAME   this stack alone (may be repeated)
  --json         the report as JSON
  --sarif        the report as SARIF 2.1.0, for code scanning
  --help

Exit code 1: a mandatory rule is broken, or a rule could not run.`;

/** Any account: nothing is looked up in it. */
const ACCOUNT_ID = "123456789012";

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      stack: { type: "string", multiple: true },
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
  const projectDir = process.cwd();
  const today = new Date().toISOString().slice(0, 10);
  const reports: StackReport[] = [];
  for (const stack of values.stack ?? stacksOf(projectDir)) {
    reports.push(await reportOn(stack, projectDir, today));
  }
  if (values.json) console.log(JSON.stringify(reports.map(jsonReport), undefined, 2));
  else if (values.sarif) console.log(JSON.stringify(sarifReport(RULES, reports), undefined, 2));
  else console.log(reports.map(tableReport).join("\n\n"));
  if (reports.some(fails)) process.exitCode = 1;
}

async function reportOn(stack: string, projectDir: string, today: string): Promise<StackReport> {
  const stackConfig = readStackConfig(projectDir, stack);
  const region = stackConfig.config["aws:region"] ?? "us-east-1";
  const { resources } = await declare({
    stackConfig,
    place: { region, accountId: ACCOUNT_ID },
    onlyJudged: true,
  });
  const surroundings = { projectDir, today };
  const runs = await judgeStack(RULES, resources, surroundings);
  return stackReport(
    { project: stackConfig.project, stack, resources: resources.length },
    runs,
    surroundings,
  );
}

function stacksOf(projectDir: string): string[] {
  return fs
    .readdirSync(projectDir)
    .flatMap((file) => /^Pulumi\.(.+)\.yaml$/.exec(file)?.[1] ?? [])
    .sort();
}

main().catch((error) => {
  console.error(error instanceof Error ? error.message : String(error));
  process.exit(1);
});
