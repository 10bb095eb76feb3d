import assert from "node:assert/strict";
import fs from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { unknownValue } from "@pulumi/pulumi/runtime/rpc";
import { judgeStack } from "../../../policy/lib/judgeStack";
import { jsonReport } from "../../../policy/report/jsonReport";
import { sarifReport } from "../../../policy/report/sarifReport";
import { fails, type StackReport, stackReport } from "../../../policy/report/stackReport";
import { tableReport } from "../../../policy/report/tableReport";
import { textTable } from "../../../policy/report/textTable";
import { apiDomainTls } from "../../../policy/rules/api/domainTls";
import { lambdaEnvironmentSize } from "../../../policy/rules/lambda/environmentSize";
import { lambdaUrlAuth } from "../../../policy/rules/lambda/urlAuth";
import { logsRetention } from "../../../policy/rules/logs/retention";
import { ruleResource } from "../../helpers/policy/ruleResource";

const RULES = [lambdaEnvironmentSize, lambdaUrlAuth, logsRetention, apiDomainTls];

const STACK = [
  ruleResource("aws:lambda/function:Function", "iris", {
    environment: { variables: { A: "x".repeat(3600) } },
  }),
  ruleResource("aws:lambda/functionUrl:FunctionUrl", "iris", { authorizationType: "NONE" }),
  ruleResource("aws:cloudwatch/logGroup:LogGroup", "iris", { retentionInDays: 1 }),
];

const LOG_GROUP = "urn:pulumi:test::paddock::aws:cloudwatch/logGroup:LogGroup::iris";
const FUNCTION_URL = "urn:pulumi:test::paddock::aws:lambda/functionUrl:FunctionUrl::iris";

describe("a report of a stack", () => {
  let projectDir: string;
  let report: StackReport;

  const judge = async (stack: typeof STACK): Promise<StackReport> => {
    const surroundings = { projectDir, today: "2026-11-21" };
    const runs = await judgeStack(RULES, stack, surroundings);
    return stackReport({ project: "paddock", stack: "test", resources: stack.length }, runs, surroundings);
  };

  before(async () => {
    projectDir = fs.mkdtempSync(path.join(tmpdir(), "paddock-test-"));
    const exceptions = [
      { rule: "lambda-url-auth", resource: "iris", reason: "a demonstration", expires: "2026-12-31" },
      { rule: "lambda-url-auth", resource: "gone", reason: "a demonstration", expires: "2026-12-31" },
    ];
    const config = { config: { "paddock:policyExceptions": exceptions } };
    fs.writeFileSync(path.join(projectDir, "Pulumi.test.yaml"), JSON.stringify(config));
    report = await judge(STACK);
  });

  after(() => {
    fs.rmSync(projectDir, { recursive: true });
  });

  it("is a table: the worst first, exceptions with their reasons, and what could not be said", () => {
    assert.deepStrictEqual(
      tableReport(report)
        .split("\n")
        .map((line) => line.replace(/ {2,}/g, "  ")),
      [
        "Stack test: 3 resources",
        "  RULE  RESOURCE  FOUND  ALLOWED  WHAT TO DO",
        "violation  logs-retention  iris (LogGroup)  kept for 1 days  7 to 731 days  Set `retentionInDays` (setting",
        "  `paddock:logRetentionDays`).",
        "warning  lambda-environment-size  iris (Function)  an environment of 3.5 KB  at most 4.0 KB  Move long values into the package, a bucket or",
        "  a parameter store.",
        "excepted  lambda-url-auth  iris (FunctionUrl)  authorization NONE  AWS_IAM  until 2026-12-31: a demonstration",
        "exception not needed any more: lambda-url-auth for gone (Pulumi.test.yaml)",
        "0 rules passed, 1 not run (nothing of their kind in the stack), 0 could not run; 1 violations, 1 warnings, 1 excepted: FAILED",
      ],
    );
  });

  it("is a table with one row for all resources of which the same is said", async () => {
    const logGroup = (name: string, retentionInDays: number) =>
      ruleResource("aws:cloudwatch/logGroup:LogGroup", name, { retentionInDays });
    const table = tableReport(await judge([logGroup("iris", 1), logGroup("api", 2), logGroup("pricing", 1)]));
    assert.deepStrictEqual(table.match(/^violation .*? kept for \d days/gm), [
      "violation  logs-retention  iris, pricing (LogGroup)  kept for 1 days",
      "violation  logs-retention  api (LogGroup)            kept for 2 days",
    ]);
  });

  it("is JSON", () => {
    const { verdicts, ...rest } = jsonReport(report);
    assert.deepStrictEqual(rest, {
      stack: "test",
      ok: false,
      resources: 3,
      passed: [],
      notRun: ["api-domain-tls"],
      couldNotRun: [],
      unusedExceptions: [
        { rule: "lambda-url-auth", resource: "gone", reason: "a demonstration", expires: "2026-12-31" },
      ],
    });
    assert.deepStrictEqual(verdicts[0], {
      rule: "logs-retention",
      severity: "medium",
      outcome: "violation",
      urn: LOG_GROUP,
      found: "kept for 1 days",
      allowed: "7 to 731 days",
      message:
        "kept for 1 days; allowed: 7 to 731 days. Set `retentionInDays` (setting `paddock:logRetentionDays`).",
      exception: undefined,
    });
    assert.deepStrictEqual(
      verdicts.map(({ outcome, exception }) => [outcome, exception?.reason]),
      [
        ["violation", undefined],
        ["warning", undefined],
        ["excepted", "a demonstration"],
      ],
    );
  });

  it("is SARIF, with exceptions as suppressed results", () => {
    const { runs } = sarifReport(RULES, [report]);
    const location = (urn: string) => ({
      physicalLocation: { artifactLocation: { uri: "Pulumi.test.yaml" }, region: { startLine: 1 } },
      logicalLocations: [{ fullyQualifiedName: urn, kind: "resource" }],
    });
    assert.deepStrictEqual(runs[0]?.results[0], {
      ruleId: "logs-retention",
      ruleIndex: 2,
      level: "error",
      message: {
        text: "test: kept for 1 days; allowed: 7 to 731 days. Set `retentionInDays` (setting `paddock:logRetentionDays`).",
      },
      locations: [location(LOG_GROUP)],
      partialFingerprints: { "paddock/v1": `logs-retention ${LOG_GROUP} kept for 1 days` },
    });
    assert.deepStrictEqual(runs[0]?.results[2], {
      ruleId: "lambda-url-auth",
      ruleIndex: 1,
      level: "note",
      message: {
        text: `test: Excepted until 2026-12-31 (a demonstration): authorization NONE; allowed: AWS_IAM. ${lambdaUrlAuth.cure}`,
      },
      locations: [location(FUNCTION_URL)],
      partialFingerprints: { "paddock/v1": `lambda-url-auth ${FUNCTION_URL} authorization NONE` },
      suppressions: [{ kind: "external", justification: "a demonstration (until 2026-12-31)" }],
    });
    assert.deepStrictEqual(runs[0]?.tool.driver.rules[3], {
      id: "api-domain-tls",
      shortDescription: { text: "A domain of the API takes TLS 1.2 and newer" },
      fullDescription: { text: `${apiDomainTls.title}. ${apiDomainTls.why}` },
      help: { text: apiDomainTls.cure },
      helpUri: apiDomainTls.url,
      properties: { tags: ["security", "CKV_AWS_206"], "security-severity": "8.0" },
    });
  });

  it("fails where a rule could not run, and says so in every form", async () => {
    const unknown = await judge([
      ruleResource("aws:cloudwatch/logGroup:LogGroup", "iris", { retentionInDays: unknownValue as never }),
    ]);
    const why = "string value at .retentionInDays can't be known during preview";
    assert.equal(fails(unknown), true);
    assert.equal(tableReport(unknown).split("\n")[1], `could not run: logs-retention: ${why}`);
    assert.deepStrictEqual(jsonReport(unknown).couldNotRun, [{ rule: "logs-retention", why }]);
    assert.deepStrictEqual(
      sarifReport(RULES, [unknown]).runs[0]?.results.map(({ level, message }) => [level, message.text]),
      [["error", `test: the rule could not run: ${why}`]],
    );
  });

  it("is ok where nothing is violated, warnings and exceptions aside", async () => {
    assert.equal(fails(await judge(STACK.slice(0, 2))), false);
  });
});

describe("a table", () => {
  it("wraps cells between words and leaves long words whole", () => {
    assert.equal(
      textTable(["A", "B"], [["one two three", "averylongword x"]], [7, 4]),
      ["A        B", "one two  averylongword", "three    x"].join("\n"),
    );
  });
});
