import assert from "node:assert/strict";
import path from "node:path";
import { judgeStack } from "../../policy/lib/judgeStack";
import { isUnknownValue } from "../../policy/lib/unknownValues";
import { iamStarActions } from "../../policy/rules/iam/starActions";
import { lambdaInVpc } from "../../policy/rules/lambda/inVpc";
import { lambdaTracing } from "../../policy/rules/lambda/tracing";
import { lambdaUrlRegion } from "../../policy/rules/lambda/urlRegion";
import { packageReadable } from "../../policy/rules/package/readable";
import { ruleResource } from "../helpers/policy/ruleResource";

const SURROUNDINGS = { projectDir: __dirname, today: "2026-11-21" };

describe("a stack without an engine", () => {
  it("is not judged by disabled rules, unless they are configured", async () => {
    const fn = ruleResource("aws:lambda/function:Function", "iris");
    const judgedBy = async (configured: object) =>
      (await judgeStack([lambdaTracing, lambdaInVpc], [fn], SURROUNDINGS, { ...configured })).map(
        ({ rule }) => rule.name,
      );
    assert.deepStrictEqual(await judgedBy({}), ["lambda-tracing"]);
    assert.deepStrictEqual(await judgedBy({ "lambda-in-vpc": {} }), ["lambda-tracing", "lambda-in-vpc"]);
  });

  it("is judged with archives and assets as the program's recorder tells them, with a digest or without", async () => {
    const file = path.join(__dirname, "judgeStack.test.ts");
    const layers = [
      { asset: file, sha256: "00" },
      { archive: __dirname, sha256: "00" },
      { archive: __dirname },
      { text: "no archive" },
    ].map((code, index) =>
      ruleResource("aws:lambda/layerVersion:LayerVersion", `${index}`, { code: code as never }),
    );
    const [run] = await judgeStack([packageReadable], layers, SURROUNDINGS);
    assert.deepStrictEqual(
      run?.verdicts.map(({ urn, found }) => [urn?.split("::").at(-1), found.slice(0, 70)]),
      [
        ["0", "a package that cannot be opened (End of central directory record signa"],
        ["3", "a package that cannot be opened (only archives of files on this machin"],
      ],
    );
  });

  it("is not passed by a rule whose property a provider leaves out", async () => {
    const url = ruleResource("aws:lambda/functionUrl:FunctionUrl", "iris", { authorizationType: "NONE" });
    const [run] = await judgeStack([lambdaUrlRegion], [url], SURROUNDINGS);
    assert.deepStrictEqual(
      run?.failures.map((failure) => [isUnknownValue(failure), failure.message]),
      [[true, "string value at .region can't be known during preview"]],
    );
  });

  it("is judged to the end though a rule cannot read one of its values", async () => {
    const policies = ["not JSON", JSON.stringify({ Statement: [{ Effect: "Allow", Action: "*" }] })].map(
      (policy) => ruleResource("aws:iam/rolePolicy:RolePolicy", policy.slice(0, 3), { policy }),
    );
    const [run] = await judgeStack([iamStarActions], policies, SURROUNDINGS);
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
