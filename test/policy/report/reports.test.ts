import assert from "node:assert/strict";
import type { Declared } from "@paddock/local/program";
import { unknownValue } from "@pulumi/pulumi/runtime/rpc";
import { setupOf } from "../../../policy/lib/configuration";
import { judgeStack } from "../../../policy/lib/judgeStack";
import type { Profile } from "../../../policy/lib/profile";
import { type StackReport, stackReport, statusOf, unevaluated } from "../../../policy/lib/stackReport";
import { jsonReport } from "../../../policy/report/jsonReport";
import { sarifReport } from "../../../policy/report/sarifReport";
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
  {
    ...ruleResource("aws:cloudwatch/logGroup:LogGroup", "iris", { retentionInDays: 1 }),
    source: { file: "infra/logs.ts", line: 7 },
  },
  ruleResource("aws:sqs/queue:Queue" as never, "queue"),
];

const LOG_GROUP = "urn:pulumi:test::paddock::aws:cloudwatch/logGroup:LogGroup::iris";
const FUNCTION_URL = "urn:pulumi:test::paddock::aws:lambda/functionUrl:FunctionUrl::iris";
const EXCEPTIONS = [
  { rule: "lambda-url-auth", resource: "iris", reason: "a demonstration", expires: "2026-12-31" },
  { rule: "lambda-url-auth", resource: "gone", reason: "a demonstration", expires: "2026-12-31" },
];

async function reportOn(
  resources: readonly Declared[],
  profile: Profile = "strict",
  notes: readonly string[] = [],
): Promise<StackReport> {
  const judgement = await judgeStack(RULES, resources, {
    root: __dirname,
    today: "2026-11-21",
    exceptions: { exceptions: EXCEPTIONS, mistakes: [] },
    setupOf: (rule) => setupOf(rule, profile),
  });
  return stackReport({ stack: "test", profile, exceptions: EXCEPTIONS, resources, notes, ...judgement });
}

describe("a report of a stack", () => {
  let report: StackReport;

  before(async () => {
    report = await reportOn(STACK, "strict", ["The outputs of the stack net are not known."]);
  });

  it("The table has the worst first, exceptions with their reasons, and what nobody looked at, in 80 columns", () => {
    const lines = tableReport(report).split("\n");
    assert.deepEqual(lines, [
      "Stack test: 4 resources, profile strict",
      "           RULE, RESOURCE           FOUND, ALLOWED, WHAT TO DO, PAGE",
      "violation  logs-retention           kept for 1 days; allowed: 7 to 3653 days.",
      "medium     iris (LogGroup)          Set `retentionInDays` (setting",
      "                                    `paddock:logRetentionDays`).",
      "                                    https://docs.aws.amazon.com/",
      "                                    AmazonCloudWatch/latest/logs/",
      "                                    Working-with-log-groups-and-streams.html",
      "warning    lambda-environment-size  an environment of 3.5 KB; allowed: at most",
      "high       iris (Function)          4.0 KB.",
      "                                    Move long values into the package, a bucket",
      "                                    or a parameter store.",
      "                                    https://docs.aws.amazon.com/lambda/latest/",
      "                                    dg/gettingstarted-limits.html",
      "excepted   lambda-url-auth          authorization NONE; allowed: AWS_IAM.",
      "high       iris (FunctionUrl)       Excepted until 2026-12-31: a demonstration.",
      "                                    https://docs.aws.amazon.com/lambda/latest/",
      "                                    dg/urls-auth.html",
      "note: The outputs of the stack net are not known.",
      "no rule looks at: aws:sqs/queue:Queue",
      "exception not needed any more: lambda-url-auth for gone (Pulumi.test.yaml)",
      "0 rules passed, 1 not run (nothing of their kind in the stack), 0 could not run;",
      "1 violation, 1 warning, 1 excepted: FAILED",
    ]);
    assert.deepEqual(
      lines.filter((line) => line.length > 80),
      [],
    );
  });

  it("The table has one row for all resources of which the same is said", async () => {
    const logGroup = (name: string, retentionInDays: number) =>
      ruleResource("aws:cloudwatch/logGroup:LogGroup", name, { retentionInDays });
    const table = tableReport(
      await reportOn([logGroup("iris", 1), logGroup("api", 2), logGroup("pricing", 1)]),
    );
    assert.deepEqual(table.match(/^medium .*? \(LogGroup\)/gm), [
      "medium     iris, pricing (LogGroup)",
      "medium     api (LogGroup)",
    ]);
  });

  it("JSON has verdicts with their lines, and what was not looked at", () => {
    const { verdicts, ...rest } = jsonReport(report);
    assert.deepEqual(rest, {
      stack: "test",
      profile: "strict",
      ok: false,
      status: "failed",
      error: undefined,
      resources: 4,
      passed: [],
      notRun: ["api-domain-tls"],
      couldNotRun: [],
      unusedExceptions: [EXCEPTIONS[1]],
      unjudgedTypes: [{ type: "aws:sqs/queue:Queue", resources: 1 }],
      notes: ["The outputs of the stack net are not known."],
    });
    assert.deepEqual(verdicts[0], {
      rule: "logs-retention",
      severity: "medium",
      url: logsRetention.url,
      outcome: "violation",
      urn: LOG_GROUP,
      source: { file: "infra/logs.ts", line: 7 },
      found: "kept for 1 days",
      allowed: "7 to 3653 days",
      message:
        "kept for 1 days; allowed: 7 to 3653 days. Set `retentionInDays` (setting `paddock:logRetentionDays`).",
      exception: undefined,
    });
    assert.deepEqual(
      verdicts.map(({ outcome, exception }) => [outcome, exception?.reason]),
      [
        ["violation", undefined],
        ["warning", undefined],
        ["excepted", "a demonstration"],
      ],
    );
  });

  it("SARIF points at the line that declares the resource, and exceptions are suppressed results", () => {
    const { runs } = sarifReport(RULES, [report], "deploy");
    const location = (urn: string, uri: string, startLine: number) => ({
      physicalLocation: { artifactLocation: { uri }, region: { startLine } },
      logicalLocations: [{ fullyQualifiedName: urn, kind: "resource" }],
    });
    assert.deepEqual(runs[0]?.results[0], {
      ruleId: "logs-retention",
      ruleIndex: 2,
      level: "error",
      message: {
        text: "test: kept for 1 days; allowed: 7 to 3653 days. Set `retentionInDays` (setting `paddock:logRetentionDays`).",
      },
      locations: [location(LOG_GROUP, "deploy/infra/logs.ts", 7)],
      partialFingerprints: { "paddock/v1": `logs-retention ${LOG_GROUP} kept for 1 days` },
    });
    assert.deepEqual(runs[0]?.results[2], {
      ruleId: "lambda-url-auth",
      ruleIndex: 1,
      level: "note",
      message: {
        text: `test: Excepted until 2026-12-31 (a demonstration): authorization NONE; allowed: AWS_IAM. ${lambdaUrlAuth.cure}`,
      },
      locations: [location(FUNCTION_URL, "deploy/Pulumi.test.yaml", 1)],
      partialFingerprints: { "paddock/v1": `lambda-url-auth ${FUNCTION_URL} authorization NONE` },
      suppressions: [{ kind: "external", justification: "a demonstration (until 2026-12-31)" }],
    });
    assert.deepEqual(runs[0]?.tool.driver.rules[3], {
      id: "api-domain-tls",
      shortDescription: { text: "A domain of the API takes TLS 1.2 and newer" },
      fullDescription: { text: `${apiDomainTls.title}. ${apiDomainTls.why}` },
      help: { text: apiDomainTls.cure },
      helpUri: apiDomainTls.url,
      properties: { tags: ["security", "CKV_AWS_206"], "security-severity": "8.0" },
    });
  });

  it("A rule that could not run for an unknown value leaves the report incomplete, and fails a strict stack", async () => {
    const group = ruleResource("aws:cloudwatch/logGroup:LogGroup", "iris", {
      retentionInDays: unknownValue as never,
    });
    const why = "string value at .retentionInDays can't be known during preview";
    const unknown = await reportOn([group], "baseline");
    assert.equal(statusOf(unknown), "incomplete");
    assert.match(tableReport(unknown), /: INCOMPLETE$/);
    assert.equal(
      tableReport(unknown).split("\n").slice(1, 3).join(" "),
      `could not run: logs-retention for iris: ${why}`,
    );
    assert.deepEqual(jsonReport(unknown).couldNotRun, [
      { rule: "logs-retention", urn: LOG_GROUP, why, unknown: true },
    ]);
    assert.deepEqual(
      sarifReport(RULES, [unknown]).runs[0]?.results.map(({ level, message }) => [level, message.text]),
      [["warning", `test: the rule could not run: ${why}`]],
    );
    assert.equal(statusOf(await reportOn([group], "strict")), "failed");
  });

  it("A stack in which nothing was judged fails, and so does a program that could not be evaluated", async () => {
    const nothing = await reportOn([ruleResource("aws:sqs/queue:Queue" as never, "queue")]);
    assert.equal(statusOf(nothing), "failed");
    assert.match(tableReport(nothing), /^nothing was judged: the program declares no resource that a rule/m);
    const ended = unevaluated("test", "baseline", "out of hay");
    assert.equal(statusOf(ended), "failed");
    assert.match(tableReport(ended), /^could not be evaluated: out of hay$/m);
    assert.deepEqual(
      sarifReport(RULES, [ended]).runs[0]?.results.map(({ ruleId, level }) => [ruleId, level]),
      [["program-evaluated", "error"]],
    );
  });

  it("A stack passes where nothing is violated, warnings and exceptions aside", async () => {
    assert.equal(statusOf(await reportOn(STACK.slice(0, 2))), "ok");
  });
});

describe("a table", () => {
  it("A cell is wrapped between words, and a longer word after its slashes", () => {
    assert.equal(
      textTable(
        ["A", "B"],
        [
          ["one two three", "averylongword x"],
          ["a", "a/bcd/e"],
        ],
        [7],
        14,
      ),
      [
        "A        B",
        "one two  avery",
        "three    longw",
        "         ord x",
        "a        a/",
        "         bcd/e",
      ].join("\n"),
    );
  });
});
