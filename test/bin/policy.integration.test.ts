import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import path from "node:path";
import { pathToFileURL } from "node:url";

const PROJECT = path.resolve(__dirname, "../fixtures/policy-project");
const COMMAND = path.resolve(__dirname, "../../bin/policy.ts");

function policy(...args: readonly string[]) {
  const tsx = pathToFileURL(require.resolve("tsx")).href;
  const { status, stdout, stderr } = spawnSync(process.execPath, ["--import", tsx, COMMAND, ...args], {
    cwd: PROJECT,
    encoding: "utf8",
  });
  return { status, stdout, stderr };
}

describe("npm run policy", () => {
  it("judges every stack of the project, and fails where one breaks a mandatory rule", () => {
    const { status, stdout } = policy("--json");
    const reports = JSON.parse(stdout) as { stack: string; ok: boolean; verdicts: { rule: string }[] }[];
    assert.deepStrictEqual(
      reports.map(({ stack, ok, verdicts }) => [stack, ok, verdicts.map(({ rule }) => rule)]),
      [
        ["bad", false, ["logs-retention"]],
        ["excepted", false, ["stack-exceptions", "logs-retention"]],
        ["good", true, []],
      ],
    );
    assert.equal(status, 1);
  });

  it("prints a table, and passes a stack that breaks none", () => {
    const { status, stdout, stderr } = policy("--stack", "good");
    assert.equal(stderr, "");
    assert.match(stdout, /^Stack good: 2 resources\n\d+ rules passed, .* 0 violations, .* ok\n$/);
    assert.equal(status, 0);
  });

  it("prints SARIF", () => {
    const { stdout } = policy("--sarif", "--stack", "bad");
    const sarif = JSON.parse(stdout) as { version: string; runs: { results: { ruleId: string }[] }[] };
    assert.equal(sarif.version, "2.1.0");
    assert.deepStrictEqual(
      sarif.runs.map(({ results }) => results.map(({ ruleId }) => ruleId)),
      [["logs-retention"]],
    );
  });

  it("refuses two forms of report at once, in one line", () => {
    const { status, stdout, stderr } = policy("--json", "--sarif");
    assert.deepStrictEqual(
      { status, stdout, stderr },
      { status: 1, stdout: "", stderr: "--json and --sarif are two forms of one report: give one.\n" },
    );
  });

  it("refuses a stack that there is not, in one line", () => {
    assert.deepStrictEqual(policy("--stack", "none"), {
      status: 1,
      stdout: "",
      stderr: `There is no Pulumi.none.yaml in ${PROJECT}.\n`,
    });
  });
});
