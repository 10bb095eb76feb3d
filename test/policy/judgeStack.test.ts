import assert from "node:assert/strict";
import { judgeStack } from "../../policy/lib/judgeStack";
import { forbidStarActions } from "../../policy/rules/iam/forbidStarActions";
import { requireTracing } from "../../policy/rules/lambda/requireTracing";
import { requireVpc } from "../../policy/rules/lambda/requireVpc";
import { ruleResource } from "../helpers/ruleResource";

const SURROUNDINGS = { projectDir: __dirname, today: "2026-11-21" };

describe("a stack without an engine", () => {
  it("is not judged by disabled rules, unless they are configured", async () => {
    const fn = ruleResource("aws:lambda/function:Function", "iris");
    const judgedBy = async (configured: object) =>
      (await judgeStack([requireTracing, requireVpc], [fn], SURROUNDINGS, { ...configured })).map(
        ({ rule }) => rule.name,
      );
    assert.deepStrictEqual(await judgedBy({}), ["lambda-tracing"]);
    assert.deepStrictEqual(await judgedBy({ "lambda-in-vpc": {} }), ["lambda-tracing", "lambda-in-vpc"]);
  });

  it("is judged to the end though a rule cannot read one of its values", async () => {
    const policies = ["not JSON", JSON.stringify({ Statement: [{ Effect: "Allow", Action: "*" }] })].map(
      (policy) => ruleResource("aws:iam/rolePolicy:RolePolicy", policy.slice(0, 3), { policy }),
    );
    const [run] = await judgeStack([forbidStarActions], policies, SURROUNDINGS);
    assert.deepStrictEqual(
      run?.verdicts.map(({ found }) => found),
      ["action *"],
    );
    assert.equal(run?.failures.length, 1);
    assert.match(
      String(run?.failures[0]),
      /^Error: aws:iam\/rolePolicy:RolePolicy "not": Unexpected token .* is not valid JSON$/,
    );
  });
});
