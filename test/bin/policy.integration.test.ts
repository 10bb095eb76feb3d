import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import fs from "node:fs";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { temporaryFolder } from "../helpers/process/temporaryFolder";
import { writeProject } from "../helpers/program/writeProject";

const PROJECT = path.resolve(__dirname, "../fixtures/policy-project");
const COMMAND = path.resolve(__dirname, "../../bin/policy.ts");

function policy(...args: readonly string[]) {
  const tsx = pathToFileURL(require.resolve("tsx")).href;
  const { status, stdout, stderr } = spawnSync(process.execPath, ["--import", tsx, COMMAND, ...args], {
    cwd: PROJECT,
    encoding: "utf8",
  });
  // Without the steps that took time.
  return { status, stdout, stderr: stderr.replace(/^ *\d+\.\d s {2}.*\n/gm, "") };
}

describe("npm run policy", () => {
  it("npm run policy judges every stack of the project, and fails where one breaks a mandatory rule", () => {
    const { status, stdout } = policy("--json");
    const reports = JSON.parse(stdout) as { stack: string; ok: boolean; verdicts: { rule: string }[] }[];
    assert.deepEqual(
      reports.map(({ stack, ok, verdicts }) => [stack, ok, verdicts.map(({ rule }) => rule)]),
      [
        ["bad", false, ["logs-retention"]],
        ["excepted", false, ["stack-exceptions", "logs-retention"]],
        ["good", true, []],
      ],
    );
    assert.equal(status, 1);
  });

  it("npm run policy prints a table, and passes a stack that breaks no rule", () => {
    const { status, stdout, stderr } = policy("--stack", "good");
    assert.equal(stderr, "");
    assert.match(
      stdout,
      /^Stack good: 1 resource, profile strict\n\d+ rules passed, .* 0 violations, .*: ok\n$/s,
    );
    assert.equal(status, 0);
  });

  it("npm run policy prints SARIF that points at the line of the program", () => {
    const { stdout } = policy("--sarif", "--stack", "bad");
    const sarif = JSON.parse(stdout);
    assert.equal(sarif.version, "2.1.0");
    const [{ ruleId, locations }] = sarif.runs[0].results;
    assert.deepEqual(
      [sarif.runs[0].results.length, ruleId, locations[0].physicalLocation],
      [1, "logs-retention", { artifactLocation: { uri: "index.ts" }, region: { startLine: 6 } }],
    );
  });

  it("npm run policy takes a configuration of the engine's form, and names a rule that was meant", () => {
    const folder = temporaryFolder();
    const config = path.join(folder, "policies.json");
    fs.writeFileSync(config, JSON.stringify({ "logs-retention": "advisory" }));
    assert.equal(policy("--stack", "bad", "--config", config).status, 0);
    fs.writeFileSync(config, JSON.stringify({ "logs-retenton": "advisory" }));
    assert.deepEqual(policy("--stack", "bad", "--config", config), {
      status: 1,
      stdout: "",
      stderr:
        "The policies' configuration names `logs-retenton`, which is not a rule (did you mean `logs-retention`?).\n",
    });
  });

  it("npm run policy says that a program could not be evaluated, and judges the other stacks", () => {
    const folder = writeProject(
      'import { LogGroup } from "@pulumi/aws/cloudwatch/logGroup";\nif (require("@pulumi/pulumi").getStack() === "bad") throw new Error("out of hay");\nnew LogGroup("logs", { retentionInDays: 7 });',
      { "Pulumi.bad.yaml": "" },
    );
    const { status, stdout } = policy("--program", folder, "--json");
    assert.deepEqual(
      (JSON.parse(stdout) as { stack: string; status: string; error?: string }[]).map((report) => [
        report.stack,
        report.status,
        report.error,
      ]),
      [
        ["bad", "failed", "out of hay"],
        ["dev", "ok", undefined],
      ],
    );
    assert.equal(status, 1);
  });

  it("npm run policy rejects two forms of report, a stack and a program that there are not, each in one line", () => {
    const rejected: [readonly string[], string, status?: number][] = [
      [["--json", "--sarif"], "--json and --sarif are two forms of one report: give one.", 2],
      [["--colour"], "Unknown option '--colour'; --help lists the options.", 2],
      [["--stack", "none"], `There is no Pulumi.none.yaml in ${PROJECT}.`],
      [
        ["--program", "nowhere"],
        `There is no Pulumi.yaml in ${PROJECT}/nowhere: name the program's folder by \`--program\`.`,
      ],
    ];
    for (const [args, message, status = 1] of rejected) {
      assert.deepEqual(policy(...args), { status, stdout: "", stderr: `${message}\n` });
    }
  });
});
