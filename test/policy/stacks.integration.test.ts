import assert from "node:assert/strict";
import path from "node:path";
import { type DeclareRequest, declare, readStackConfig } from "@paddock/local/program";
import { judgeStack } from "../../policy/lib/judgeStack";
import { type StackReport, stackReport } from "../../policy/report/stackReport";
import { RULES } from "../../policy/rules";

const projectDir = path.resolve(__dirname, "../..");
const surroundings = { projectDir, today: "2026-11-21" };
const place = { region: "us-east-1", accountId: "123456789012" };

async function report(stack: string, options: Partial<DeclareRequest> = {}): Promise<StackReport> {
  const stackConfig = readStackConfig(projectDir, stack);
  const { resources } = await declare({ stackConfig, place, ...options });
  const runs = await judgeStack(RULES, resources, surroundings);
  return stackReport({ project: "paddock", stack, resources: resources.length }, runs, surroundings);
}

const names = (rules: readonly { readonly name: string }[]) =>
  [...new Set(rules.map(({ name }) => name))].sort();

/** What is not excepted, in words. */
const inTheWay = (verdicts: StackReport["verdicts"]) =>
  verdicts
    .filter(({ outcome }) => outcome !== "excepted")
    .map(({ rule, urn, outcome, found }) => [rule.name, urn, outcome, found]);

describe("the project's own stacks", () => {
  it("dev passes the whole pack, but for what it does on purpose", async () => {
    const { couldNotRun, unusedExceptions, ...rest } = await report("dev");
    assert.deepStrictEqual({ couldNotRun, unusedExceptions }, { couldNotRun: [], unusedExceptions: [] });
    assert.deepStrictEqual(inTheWay(rest.verdicts), []);
    assert.deepStrictEqual(names(rest.verdicts.map(({ rule }) => rule)), [
      "api-access-logs",
      "api-authorization",
      "cost-nat-gateway",
      "lambda-reserved-concurrency",
      "lambda-url-auth",
      "lambda-url-cors",
    ]);
  });

  it("local passes it as dev does", async () => {
    const { verdicts, couldNotRun, unusedExceptions } = await report("local");
    assert.deepStrictEqual({ couldNotRun, unusedExceptions }, { couldNotRun: [], unusedExceptions: [] });
    assert.deepStrictEqual(inTheWay(verdicts), []);
  });

  it("prod passes the whole pack, but for the internet that one model needs", async () => {
    const { couldNotRun, unusedExceptions, ...rest } = await report("prod");
    assert.deepStrictEqual({ couldNotRun, unusedExceptions }, { couldNotRun: [], unusedExceptions: [] });
    assert.deepStrictEqual(inTheWay(rest.verdicts), []);
    assert.deepStrictEqual(names(rest.verdicts.map(({ rule }) => rule)), ["cost-nat-gateway"]);
  });

  it("are judged in their first preview by all rules, but for three documents with a file system's ARNs", async () => {
    const { verdicts, couldNotRun } = await report("prod", { firstPreview: true });
    assert.deepStrictEqual(inTheWay(verdicts), []);
    assert.deepStrictEqual(couldNotRun.map(({ rule }) => rule.name).sort(), [
      "efs-transit-encryption",
      // The policies of the two roles that mount it.
      ...["iam-escalation", "iam-escalation"],
      ...["iam-star-actions", "iam-star-actions"],
      ...["iam-star-resources", "iam-star-resources"],
    ]);
  });
});
