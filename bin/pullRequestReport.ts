import fs from "node:fs";
import { boolean, command, progress, strings, text } from "@paddock/local/command";
import { ACCOUNT_ID, declare, readStackConfig } from "@paddock/local/program";
import { type PolicyResult, pullRequestComment } from "./report/pullRequestComment";
import { type StackFacts, stackFacts } from "./report/stackFacts";

command({
  usage: "npm run -s report -- [options]",
  about:
    "Prints what reviewers want to know beyond the diff, as Markdown: package sizes, policy results, cost without traffic and for a million predictions.",
  options: {
    stack: strings("NAME", "this stack (default dev)"),
    facts: boolean("the facts as JSON instead, to compare another branch with"),
    base: text("FILE", "the base branch's facts"),
    policy: text("FILE", "what `npm run -s policy -- --json` printed"),
    preview: text("FILE", "what `pulumi preview` printed"),
  },
  async run(values) {
    const facts: StackFacts[] = [];
    for (const stack of values.stack.length > 0 ? values.stack : ["dev"]) facts.push(await factsOf(stack));
    progress.end();
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
  },
});

async function factsOf(stack: string): Promise<StackFacts> {
  progress.step(`Evaluating and packing the stack ${stack}`);
  const stackConfig = readStackConfig(process.cwd(), stack);
  const region = stackConfig.config["aws:region"] ?? "us-east-1";
  const { resources } = await declare({ stackConfig, place: { region, accountId: ACCOUNT_ID } });
  return stackFacts(stack, resources, process.cwd());
}

function readJson(file: string): unknown {
  try {
    return JSON.parse(fs.readFileSync(file, "utf8"));
  } catch (cause) {
    throw new Error(`${file} is no JSON file: ${(cause as Error).message}`, { cause });
  }
}
