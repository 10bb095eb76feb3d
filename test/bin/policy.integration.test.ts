import assert from "node:assert/strict";
import fs from "node:fs";
import path from "node:path";
import { policyCommand } from "../../policy/cli";
import { callCommand } from "../helpers/process/callCommand";
import { runCommand } from "../helpers/process/runCommand";
import { temporaryFolder } from "../helpers/process/temporaryFolder";
import { writeProject } from "../helpers/program/writeProject";

const PROJECT = path.resolve(__dirname, "../fixtures/policy-project");

/** Judges stacks of the project of these tests. */
const policy = (...args: readonly string[]) => callCommand(policyCommand, ["--program", PROJECT, ...args]);

describe("npm run policy", () => {
  it("npm run policy judges every stack of the project, and fails where one breaks a mandatory rule", async () => {
    const command = runCommand("bin/policy.ts", ["--json"], PROJECT);
    const exit = await command.exit;
    const [json] = /^\[\n[\s\S]*/m.exec(command.output()) ?? [];
    const reports = JSON.parse(String(json)) as {
      stack: string;
      ok: boolean;
      verdicts: { rule: string }[];
    }[];
    assert.deepEqual(
      reports.map(({ stack, ok, verdicts }) => [stack, ok, verdicts.map(({ rule }) => rule)]),
      [
        ["bad", false, ["logs-retention"]],
        ["excepted", false, ["stack-exceptions", "logs-retention"]],
        ["good", true, []],
      ],
    );
    assert.equal(exit, 1);
  });

  it("npm run policy prints a table, and passes a stack that breaks no rule", async () => {
    const { exit, output } = await policy("--stack", "good");
    assert.match(
      output,
      /^Stack good: 1 resource, profile strict\n\d+ rules passed, .* 0 violations, .*: ok\n$/s,
    );
    assert.equal(exit, 0);
  });

  it("npm run policy prints SARIF that points at the line of the program", async () => {
    const { exit, output } = await policy("--sarif", "--stack", "bad");
    const uri = path.relative(process.cwd(), path.join(PROJECT, "index.ts"));
    const sarif = JSON.parse(output);
    assert.equal(sarif.version, "2.1.0");
    const [{ ruleId, locations }] = sarif.runs[0].results;
    assert.deepEqual(
      [exit, sarif.runs[0].results.length, ruleId, locations[0].physicalLocation],
      [1, 1, "logs-retention", { artifactLocation: { uri }, region: { startLine: 6 } }],
    );
  });

  it("npm run policy takes a configuration of the engine's form, and names a rule that was meant", async () => {
    const folder = temporaryFolder();
    const config = path.join(folder, "policies.json");
    fs.writeFileSync(config, JSON.stringify({ "logs-retention": "advisory" }));
    assert.equal((await policy("--stack", "bad", "--config", config)).exit, 0);
    fs.writeFileSync(config, JSON.stringify({ "logs-retenton": "advisory" }));
    assert.deepEqual(await policy("--stack", "bad", "--config", config), {
      exit: 1,
      output:
        "The policies' configuration names `logs-retenton`, which is not a rule (did you mean `logs-retention`?).\n",
    });
  });

  it("npm run policy says that a program could not be evaluated, and judges the other stacks", async () => {
    const folder = writeProject(
      'import { LogGroup } from "@pulumi/aws/cloudwatch/logGroup";\nif (require("@pulumi/pulumi").getStack() === "bad") throw new Error("out of hay");\nnew LogGroup("logs", { retentionInDays: 7 });',
      { "Pulumi.bad.yaml": "" },
    );
    const { exit, output } = await callCommand(policyCommand, ["--program", folder, "--json"]);
    assert.deepEqual(
      (JSON.parse(output) as { stack: string; status: string; error?: string }[]).map((report) => [
        report.stack,
        report.status,
        report.error,
      ]),
      [
        ["bad", "failed", "out of hay"],
        ["dev", "ok", undefined],
      ],
    );
    assert.equal(exit, 1);
  });

  it("npm run policy rejects two forms of report, a stack and a program that there are not, each in one line", async () => {
    const rejected: [readonly string[], string, exit?: number][] = [
      [["--json", "--sarif"], "--json and --sarif are two forms of one report: give one.", 2],
      [["--colour"], "Unknown option '--colour'; --help lists the options.", 2],
      [["--program", PROJECT, "--stack", "none"], `There is no Pulumi.none.yaml in ${PROJECT}.`],
      [
        ["--program", path.join(PROJECT, "nowhere")],
        `There is no Pulumi.yaml in ${PROJECT}/nowhere: name the program's folder by \`--program\`.`,
      ],
    ];
    for (const [args, message, exit = 1] of rejected) {
      assert.deepEqual(await callCommand(policyCommand, args), { exit, output: `${message}\n` });
    }
  });
});
