import fs from "node:fs";
import { parseArgs } from "node:util";
import { declare, readStackConfig } from "@paddock/local/program";
import { type PolicyResult, pullRequestComment } from "./report/pullRequestComment";
import { type StackFacts, stackFacts } from "./report/stackFacts";

const USAGE = `Usage: npm run -s report -- [options]

Prints what reviewers want to know beyond the diff, as Markdown: package sizes, policy results, cost without traffic.

  --stack NAME    this stack (may be repeated; default dev)
  --facts         the facts as JSON instead, to compare another branch with
  --base FILE     the base branch's facts
  --policy FILE   what \`npm run -s policy -- --json\` printed
  --preview FILE  what \`pulumi preview\` printed
  --help`;

/** Any account: nothing is looked up in it. */
const ACCOUNT_ID = "123456789012";

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      stack: { type: "string", multiple: true, default: ["dev"] },
      facts: { type: "boolean", default: false },
      base: { type: "string" },
      policy: { type: "string" },
      preview: { type: "string" },
      help: { type: "boolean", default: false },
    },
  });
  if (values.help) {
    console.log(USAGE);
    return;
  }
  const facts: StackFacts[] = [];
  for (const stack of values.stack) facts.push(await factsOf(stack));
  if (values.facts) {
    console.log(JSON.stringify(facts, undefined, 2));
    return;
  }
  console.log(
    pullRequestComment({
      facts,
      base: values.base === undefined ? undefined : (readJson(values.base) as StackFacts[]),
      policy: values.policy === undefined ? undefined : (readJson(values.policy) as PolicyResult[]),
      preview: values.preview === undefined ? undefined : fs.readFileSync(values.preview, "utf8"),
    }),
  );
}

async function factsOf(stack: string): Promise<StackFacts> {
  const stackConfig = readStackConfig(process.cwd(), stack);
  const region = stackConfig.config["aws:region"] ?? "us-east-1";
  const { resources } = await declare({ stackConfig, place: { region, accountId: ACCOUNT_ID } });
  return stackFacts(stack, resources);
}

function readJson(file: string): unknown {
  try {
    return JSON.parse(fs.readFileSync(file, "utf8"));
  } catch (cause) {
    throw new Error(`${file} is no JSON file: ${(cause as Error).message}`, { cause });
  }
}

main().catch((error: Error) => {
  console.error(error.message);
  process.exit(1);
});
