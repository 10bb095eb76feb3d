import assert from "node:assert/strict";
import path from "node:path";
import { setupOf } from "../../policy/lib/configuration";
import { judgeStack } from "../../policy/lib/judgeStack";
import { isUnknownValue } from "../../policy/lib/unknownValues";
import { iamStarActions } from "../../policy/rules/iam/starActions";
import { lambdaInVpc } from "../../policy/rules/lambda/inVpc";
import { lambdaTracing } from "../../policy/rules/lambda/tracing";
import { lambdaUrlRegion } from "../../policy/rules/lambda/urlRegion";
import { logsRetention } from "../../policy/rules/logs/retention";
import { packageReadable } from "../../policy/rules/package/readable";
import { s3PublicAccessBlocked } from "../../policy/rules/s3/publicAccessBlocked";
import { stackTags } from "../../policy/rules/stack/tags";
import { judge } from "../helpers/policy/judge";
import { ruleResource } from "../helpers/policy/ruleResource";

describe("judgeStack", () => {
  it("A profile turns rules on, makes them advise or demand, and a configuration goes before it", async () => {
    const rules = [lambdaTracing, lambdaInVpc, logsRetention];
    const stack = [
      ruleResource("aws:lambda/function:Function", "iris"),
      ruleResource("aws:cloudwatch/logGroup:LogGroup", "iris"),
    ];
    const outcomes = async (profile: "aws" | "baseline" | "strict", configuration = {}) => {
      const { runs } = await judgeStack(rules, stack, {
        root: __dirname,
        today: "2026-11-21",
        exceptions: { exceptions: [], mistakes: [] },
        setupOf: (rule) => setupOf(rule, profile, configuration),
      });
      return runs.flatMap(({ rule, verdicts }) => verdicts.map(({ outcome }) => `${rule.name} ${outcome}`));
    };
    assert.deepEqual(await outcomes("aws"), []);
    assert.deepEqual(await outcomes("baseline"), ["logs-retention warning"]);
    assert.deepEqual(await outcomes("strict"), ["lambda-tracing violation", "logs-retention violation"]);
    assert.deepEqual(
      await outcomes("baseline", {
        "lambda-in-vpc": "mandatory",
        "logs-retention": { enforcementLevel: "mandatory", minDays: 1 },
      }),
      ["lambda-in-vpc violation", "logs-retention violation"],
    );
    assert.deepEqual(await outcomes("strict", { all: "disabled" }), []);
  });

  it("Archives and assets are judged as the program's recorder tells them, with a digest or without", async () => {
    const file = path.join(__dirname, "judgeStack.test.ts");
    const layers = [
      { asset: file, sha256: "00" },
      { archive: __dirname, sha256: "00" },
      { archive: __dirname },
      { text: "no archive" },
      { archiveUri: "https://example.com/a.zip" },
    ].map((code, index) =>
      ruleResource("aws:lambda/layerVersion:LayerVersion", `${index}`, { code: code as never }),
    );
    const [run] = await judge([packageReadable], layers);
    assert.deepEqual(
      run?.verdicts.map(({ urn, found }) => [urn?.split("::").at(-1), found.slice(0, 70)]),
      [
        ["0", "a package that cannot be opened (End of central directory record signa"],
        ["3", "a package that cannot be opened (only archives of files on this machin"],
        ["4", "a package that cannot be opened (only archives of files on this machin"],
      ],
    );
  });

  it("A package is not passed where nobody knows the folder that its path is relative to", async () => {
    const fn = ruleResource("aws:lambda/function:Function", "iris", { code: { archive: "app" } as never });
    const { runs } = await judgeStack([packageReadable], [fn], {
      root: undefined,
      today: "2026-11-21",
      exceptions: { exceptions: [], mistakes: [] },
      setupOf: (rule) => setupOf(rule, "strict"),
    });
    assert.deepEqual(
      runs[0]?.failures.map(({ error }) => error.message),
      [
        'aws:lambda/function:Function "iris": nobody knows which folder app is relative to: set PADDOCK_PROGRAM to that of Pulumi.yaml',
      ],
    );
  });

  it("A rule does not pass a property that a provider leaves out", async () => {
    const url = ruleResource("aws:lambda/functionUrl:FunctionUrl", "iris", { authorizationType: "NONE" });
    const [run] = await judge([lambdaUrlRegion], [url]);
    assert.deepEqual(
      run?.failures.map(({ error, unknown }) => [isUnknownValue(error), unknown, error.message]),
      [[true, true, "string value at .region can't be known during preview"]],
    );
  });

  it("A stack is judged to its end though a rule cannot read one of its values", async () => {
    const policies = ["not JSON", JSON.stringify({ Statement: [{ Effect: "Allow", Action: "*" }] })].map(
      (policy) => ruleResource("aws:iam/rolePolicy:RolePolicy", policy.slice(0, 3), { policy }),
    );
    const [run] = await judge([iamStarActions], policies);
    assert.deepEqual(
      run?.verdicts.map(({ found }) => found),
      ["action *"],
    );
    assert.deepEqual(
      run?.failures.map(({ unknown }) => unknown),
      [false],
    );
    assert.match(
      String(run?.failures[0]?.error),
      /^Error: aws:iam\/rolePolicy:RolePolicy "not": the policy is not JSON \(MalformedPolicyDocument\)$/,
    );
  });

  it("A resource has its provider's default tags, the program's own provider's or the stack's", async () => {
    const provider = {
      ...ruleResource("pulumi:providers:aws" as never, "own", {
        defaultTags: { tags: { project: "a", stack: "b" } },
      } as never),
    };
    const fn = ruleResource("aws:lambda/function:Function", "iris");
    const untagged = async (resources: Parameters<typeof judge>[1], tags?: object) => {
      const defaultProvider = tags && { defaultTags: { tags } };
      const [run] = await judge([stackTags], resources, { defaultProvider });
      return run?.verdicts.map(({ found }) => found);
    };
    assert.deepEqual(await untagged([fn]), ["no tag project, stack"]);
    assert.deepEqual(await untagged([provider, { ...fn, provider: provider.urn }]), []);
    assert.deepEqual(await untagged([fn], { project: "a" }), ["no tag stack"]);
  });

  it("The types that rules look at are those they judge and those they look for beside them", async () => {
    const { lookedAt } = await judgeStack(
      [s3PublicAccessBlocked],
      [ruleResource("aws:s3/bucket:Bucket", "models")],
      {
        root: __dirname,
        today: "2026-11-21",
        exceptions: { exceptions: [], mistakes: [] },
        setupOf: (rule) => setupOf(rule, "strict"),
      },
    );
    assert.deepEqual([...lookedAt].sort(), [
      "aws:s3/bucket:Bucket",
      "aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock",
    ]);
  });
});
