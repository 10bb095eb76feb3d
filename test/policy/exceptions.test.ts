import assert from "node:assert/strict";
import fs from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { covers, type Exception, isExpired, readExceptions } from "../../policy/lib/exceptions";
import { judgeStack } from "../../policy/lib/judgeStack";
import { stackReport } from "../../policy/report/stackReport";
import { lambdaUrlAuth } from "../../policy/rules/lambda/urlAuth";
import { stackExceptions } from "../../policy/rules/stack/exceptions";
import { ruleResource } from "../helpers/policy/ruleResource";

const EXCEPTION: Exception = {
  rule: "lambda-url-auth",
  resource: "iris",
  reason: "a demonstration",
  expires: "2026-12-31",
};

const url = (name: string) =>
  ruleResource("aws:lambda/functionUrl:FunctionUrl", name, { authorizationType: "NONE" });

describe("exceptions", () => {
  let projectDir: string;

  beforeEach(() => {
    projectDir = fs.mkdtempSync(path.join(tmpdir(), "paddock-test-"));
  });

  afterEach(() => {
    fs.rmSync(projectDir, { recursive: true });
  });

  function write(exceptions: unknown): void {
    const config = { config: { "paddock:policyExceptions": exceptions } };
    fs.writeFileSync(path.join(projectDir, "Pulumi.test.yaml"), JSON.stringify(config));
  }

  /** Outcomes by resource on a day, the rule about exceptions included. */
  async function judge(today: string, ...names: readonly string[]) {
    const runs = await judgeStack([lambdaUrlAuth, stackExceptions], names.map(url), { projectDir, today });
    return runs.flatMap(({ verdicts }) =>
      verdicts.map(({ urn, outcome, found }) => [urn?.split("::").at(-1) ?? found, outcome]),
    );
  }

  it("are none where the stack has no file, no list, or an empty file", () => {
    assert.deepStrictEqual(readExceptions(projectDir, "paddock", "test"), { exceptions: [], mistakes: [] });
    fs.writeFileSync(path.join(projectDir, "Pulumi.test.yaml"), "");
    assert.deepStrictEqual(readExceptions(projectDir, "paddock", "test"), { exceptions: [], mistakes: [] });
  });

  it("cover the resource they name, and with * those of a pattern", () => {
    const covered = (resource: string, name: string) =>
      covers({ ...EXCEPTION, resource }, "lambda-url-auth", name);
    assert.deepStrictEqual(
      [covered("iris", "iris"), covered("iris", "iris-2"), covered("iris*", "iris-2"), covered("*", "a")],
      [true, false, true, true],
    );
    assert.equal(covered("a.b", "axb"), false);
    assert.equal(covers(EXCEPTION, "lambda-url-cors", "iris"), false);
  });

  it("hold through their last day", () => {
    assert.deepStrictEqual(
      ["2026-12-30", "2026-12-31", "2027-01-01"].map((today) => isExpired(EXCEPTION, today)),
      [false, false, true],
    );
  });

  it("let a violation of their resource through, and no other", async () => {
    write([EXCEPTION]);
    assert.deepStrictEqual(await judge("2026-11-21", "iris", "breast-cancer"), [
      ["iris", "excepted"],
      ["breast-cancer", "violation"],
    ]);
  });

  it("that ended fail, and so does the violation", async () => {
    write([EXCEPTION]);
    assert.deepStrictEqual(await judge("2027-01-01", "iris"), [
      ["iris", "violation"],
      ["the exception from lambda-url-auth for iris ended on 2026-12-31", "violation"],
    ]);
  });

  it("are renewed by a second one that still holds", async () => {
    write([{ ...EXCEPTION, expires: "2026-01-01" }, EXCEPTION]);
    assert.deepStrictEqual((await judge("2026-11-21", "iris"))[0], ["iris", "excepted"]);
  });

  it("fail where they are written wrongly, one line each", async () => {
    write([
      { ...EXCEPTION, reason: " " },
      "iris",
      { ...EXCEPTION, expires: "31.12.2026" },
      { ...EXCEPTION, expires: "2026-13-40" },
      { ...EXCEPTION, expires: "2027-02-30" },
      { ...EXCEPTION, rule: "lambda-url-atuh" },
      { ...EXCEPTION, expires: "2036-01-01" },
    ]);
    assert.deepStrictEqual(await judge("2026-11-21", "other"), [
      ["other", "violation"],
      ["`paddock:policyExceptions[0]` has no `reason`", "violation"],
      ["`paddock:policyExceptions[1]` has no `rule`", "violation"],
      [
        '`paddock:policyExceptions[2]` has `expires: 31.12.2026`, which is no date of the form "2027-12-31"',
        "violation",
      ],
      [
        '`paddock:policyExceptions[3]` has `expires: 2026-13-40`, which is no date of the form "2027-12-31"',
        "violation",
      ],
      [
        '`paddock:policyExceptions[4]` has `expires: 2027-02-30`, which is no date of the form "2027-12-31"',
        "violation",
      ],
      ["the exception from lambda-url-atuh for iris, which is no rule", "violation"],
      ["the exception from lambda-url-auth for iris ends on 2036-01-01", "violation"],
    ]);
  });

  it("fail where they are no list", async () => {
    write("iris");
    assert.deepStrictEqual(await judge("2026-11-21", "iris"), [
      ["iris", "violation"],
      ["`paddock:policyExceptions` is not a list", "violation"],
    ]);
  });

  it("that no violation needs are reported", async () => {
    const unused = { ...EXCEPTION, resource: "gone" };
    write([EXCEPTION, unused]);
    const surroundings = { projectDir, today: "2026-11-21" };
    const runs = await judgeStack([lambdaUrlAuth], [url("iris")], surroundings);
    const report = stackReport({ project: "paddock", stack: "test", resources: 1 }, runs, surroundings);
    assert.deepStrictEqual(report.unusedExceptions, [unused]);
  });
});
