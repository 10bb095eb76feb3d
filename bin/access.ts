import { spawn } from "node:child_process";
import { once } from "node:events";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { boolean, command, text } from "@paddock/local/command";
import { ACCOUNT_ID, declare, readStackConfig } from "@paddock/local/program";
import { missingStack } from "@paddock/local/running";
import type { RoleAccess } from "./lib/accessReport";
import { deployPolicies } from "./lib/deployAccess/deployPolicy";

/** The report of one run of the contract suite against one stack. */
export interface StackAccess {
  readonly stack: string;
  readonly roles: readonly RoleAccess[];
}

command({
  usage: "npm run -s access -- [options]",
  about:
    "Runs the contract suite and prints for each role what it is granted and did not use, and what it was denied.\nExit code 1 where a grant that could be used here was not.\nWith --deploy or --preview prints the policies of the role that deploys or previews the stack, as JSON.",
  options: {
    deploy: boolean("the least policies that create, update and delete the program"),
    preview: boolean("the least policies that preview the program, and find its drift"),
    stack: text("NAME", "stack that is deployed or previewed", "dev"),
    account: text("ID", "its account; any by default, since a role acts in its own", "*"),
    partition: text("NAME", "its partition, for example aws-cn", "aws"),
  },
  async run(values) {
    if (values.deploy || values.preview) {
      console.log(JSON.stringify(await policiesOf(values), undefined, 2));
      return;
    }
    const folder = fs.mkdtempSync(path.join(os.tmpdir(), "paddock-access-"));
    const file = path.join(folder, "report.jsonl");
    try {
      const suite = spawn(
        "npx",
        ["mocha", "--reporter", "dot", "test/contract/endpoint.integration.test.ts"],
        {
          env: { ...process.env, PADDOCK_ACCESS_REPORT: file },
          stdio: ["ignore", process.stderr, process.stderr],
        },
      );
      await once(suite, "exit");
      if (!fs.existsSync(file))
        throw new Error("The contract suite did not run to its end; its output says why.");
      const stacks = fs
        .readFileSync(file, "utf8")
        .trim()
        .split("\n")
        .map((line) => JSON.parse(line) as StackAccess);
      console.log(stacks.map(reportOf).join("\n\n"));
      const isUnused = stacks.some(({ roles }) =>
        roles.some(({ unused }) => unused.some(({ reason }) => !reason)),
      );
      process.exitCode = isUnused || suite.exitCode !== 0 ? 1 : 0;
    } finally {
      fs.rmSync(folder, { recursive: true });
    }
  },
});

async function policiesOf(values: {
  readonly deploy: boolean;
  readonly stack: string;
  readonly account: string;
  readonly partition: string;
}) {
  const missing = missingStack(values.stack, process.cwd());
  if (missing !== undefined) throw new Error(`${missing}.`);
  const stackConfig = readStackConfig(process.cwd(), values.stack, {}, true);
  const region = stackConfig.config["aws:region"] ?? "us-east-1";
  const { resources } = await declare({
    stackConfig,
    place: { region, accountId: ACCOUNT_ID },
    onlyJudged: true,
  });
  const { partition, account: accountId } = values;
  return deployPolicies(resources, { partition, region, accountId }, values.deploy ? "deploy" : "read");
}

function reportOf({ stack, roles }: StackAccess): string {
  return [`Stack ${stack}`, ...roles.flatMap((role) => [`  ${role.role}`, ...linesOf(role)])].join("\n");
}

function linesOf({ unused, denied }: RoleAccess): string[] {
  const lines = [
    ...unused.filter(({ reason }) => reason === undefined).map(({ grant }) => `    not used       ${grant}`),
    ...denied.map(
      ({ action, resource, times }) => `    denied         ${action} on ${resource}, ${times} times`,
    ),
    ...[...new Set(unused.map(({ reason }) => reason))]
      .filter((reason) => reason !== undefined)
      .map((reason) => {
        const actions = unused
          .filter((one) => one.reason === reason)
          .map(({ grant }) => grant.split(" on ")[0]);
        return `    not used here  ${[...new Set(actions)].join(", ")}: ${reason}`;
      }),
  ];
  return lines.length > 0 ? lines : ["    all used"];
}
