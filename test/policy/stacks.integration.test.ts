import assert from "node:assert/strict";
import path from "node:path";
import { judgeProgram } from "../../policy/lib/judgeProgram";
import type { StackReport } from "../../policy/lib/stackReport";

const projectDir = path.resolve(__dirname, "../..");

const report = (stack: string, options: { firstPreview?: boolean } = {}): Promise<StackReport> =>
  judgeProgram({ projectDir, stack, today: "2026-11-21", ...options });

const names = (rules: readonly { readonly name: string }[]) =>
  [...new Set(rules.map(({ name }) => name))].sort();

/** Says in words what is not excepted. */
const inTheWay = (verdicts: StackReport["verdicts"]) =>
  verdicts
    .filter(({ outcome }) => outcome !== "excepted")
    .map(({ rule, urn, outcome, found }) => [rule.name, urn, outcome, found]);

describe("the project's own stacks", () => {
  it("The dev stack passes the strict profile, but for what it does on purpose", async () => {
    const { couldNotRun, unusedExceptions, notes, ...rest } = await report("dev");
    assert.deepEqual({ couldNotRun, unusedExceptions }, { couldNotRun: [], unusedExceptions: [] });
    assert.deepEqual(inTheWay(rest.verdicts), []);
    assert.deepEqual(names(rest.verdicts.map(({ rule }) => rule)), [
      "api-access-logs",
      "api-authorization",
      "cost-nat-gateway",
      "lambda-reserved-concurrency",
      "lambda-url-auth",
      "lambda-url-cors",
      "s3-cors",
    ]);
  });

  it("The local stack passes the strict profile as dev does", async () => {
    const { verdicts, couldNotRun, unusedExceptions } = await report("local");
    assert.deepEqual({ couldNotRun, unusedExceptions }, { couldNotRun: [], unusedExceptions: [] });
    assert.deepEqual(inTheWay(verdicts), []);
  });

  it("The prod stack passes the strict profile, but for the internet that one model needs", async () => {
    const { couldNotRun, unusedExceptions, notes, ...rest } = await report("prod");
    assert.deepEqual({ couldNotRun, unusedExceptions }, { couldNotRun: [], unusedExceptions: [] });
    assert.deepEqual(inTheWay(rest.verdicts), []);
    assert.deepEqual(names(rest.verdicts.map(({ rule }) => rule)), ["cost-nat-gateway"]);
  });

  it("The first preview of prod is judged by all rules, but for three documents with a file system's ARNs", async () => {
    const { verdicts, couldNotRun } = await report("prod", { firstPreview: true });
    assert.deepEqual(inTheWay(verdicts), []);
    assert.deepEqual(couldNotRun.map(({ rule }) => rule.name).sort(), [
      "efs-transit-encryption",
      // The policies of the two roles that mount it.
      ...["iam-escalation", "iam-escalation"],
      ...["iam-star-actions", "iam-star-actions"],
      ...["iam-star-resources", "iam-star-resources"],
      // The file system's own, once more.
      "policy-public-principal",
    ]);
  });
});
