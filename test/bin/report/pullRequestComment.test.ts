import assert from "node:assert/strict";
import { MARKER, pullRequestComment } from "../../../bin/report/pullRequestComment";
import type { StackFacts } from "../../../bin/report/stackFacts";

const MIB = 2 ** 20;

describe("pullRequestComment", () => {
  it("compares packages and costs with the base branch", () => {
    const comment = pullRequestComment({ facts: [facts(3 * MIB, 60)], base: [facts(2 * MIB, 32.85)] });
    assert.equal(
      comment,
      `${MARKER}

## Stack \`dev\`

### Packages

|  | zipped | change | unzipped, with layers (of 250 MiB) | change |
| --- | --- | --- | --- | --- |
| iris (function) | 3.0 MiB | +1.0 MiB | 30.0 MiB (12 %) | +10.0 MiB |

### Monthly cost without traffic: $60.00, +$27.15 against the base

|  |  | a month |
| --- | --- | --- |
| nat | NAT gateway | $60.00 |
| endpoint | by its instances | not known here |

List prices of us-east-1 on 2026-11-28, without free tiers.`,
    );
  });

  it("shows what a million predictions cost, with the change against the base", () => {
    const prediction = {
      name: "iris",
      memorySize: 1024,
      measured: "2026-11-28",
      billed: 2,
      functionUrl: 0.23,
      restApi: 3.73,
    };
    const [now] = [{ ...facts(1, 0), predictions: [prediction] }];
    const before = { ...now, predictions: [{ ...prediction, functionUrl: 0.21 }] };
    const rows = pullRequestComment({ facts: [now], base: [before] })
      .split("\n")
      .filter((line) => /iris \| 1024/.test(line));
    assert.deepEqual(rows, ["| iris | 1024 MB | 2 ms | $0.23 | $3.73 | +$0.02 |"]);
  });

  it("names what is new, what is gone and what goes through the bucket", () => {
    const [now] = [facts(60 * MIB, 0)];
    const before = { ...now, packages: [{ ...now.packages[0], name: "old" }] } as StackFacts;
    const rows = pullRequestComment({ facts: [now], base: [before] })
      .split("\n")
      .filter((line) => line.includes("(function)"));
    assert.deepEqual(rows, [
      "| iris (function) | 60.0 MiB (through the bucket) | new | 600.0 MiB (240 %) | new |",
      "| old (function) | removed |  |  |  |",
    ]);
  });

  it("shows violations, warnings and rules that could not run", () => {
    const policy = {
      stack: "dev",
      ok: false,
      verdicts: [
        {
          rule: "limit-timeout",
          severity: "high",
          outcome: "violation" as const,
          message: "iris:\n60 s | 30 s",
        },
        { rule: "trace", severity: "low", outcome: "warning" as const, message: "iris is not traced" },
      ],
      passed: ["a", "b"],
      couldNotRun: [{ rule: "limit-memory", why: "`memorySize` is not known" }],
    };
    const comment = pullRequestComment({ facts: [facts(MIB, 0)], policy: [policy] });
    assert.ok(
      comment.includes(`**Policies: FAILED.** 2 rules passed, 1 violation, 1 warning, 0 excepted, 1 could not run.

|  | rule |  |
| --- | --- | --- |
| could not run | limit-memory | \`memorySize\` is not known |
| violation | limit-timeout | iris: 60 s \\| 30 s |
| warning | trace | iris is not traced |`),
      comment,
    );
  });

  it("folds exceptions away, one row for all resources of one", () => {
    const excepted = (name: string) => ({
      rule: "lambda-url-auth",
      severity: "high",
      outcome: "excepted" as const,
      message: "authorization NONE",
      urn: `urn:pulumi:dev::paddock::aws:lambda/functionUrl:FunctionUrl::${name}`,
      exception: { reason: "a demonstration", expires: "2027-06-30" },
    });
    const policy = {
      stack: "dev",
      ok: true,
      verdicts: [excepted("iris"), excepted("pricing")],
      passed: [],
      couldNotRun: [],
    };
    const comment = pullRequestComment({ facts: [facts(MIB, 0)], policy: [policy] });
    assert.ok(
      comment.includes(`2 excepted, 0 could not run.

<details><summary>exceptions</summary>

| rule | for | until | reason |
| --- | --- | --- | --- |
| lambda-url-auth | iris, pricing | 2027-06-30 | a demonstration |

</details>

### Packages`),
      comment,
    );
  });

  it("folds the preview away, and cuts it to what GitHub takes beside the rest", () => {
    const verdict = {
      rule: "lambda-tracing",
      severity: "low",
      outcome: "warning" as const,
      message: "x".repeat(30_000),
    };
    const policy = { stack: "dev", ok: true, verdicts: [verdict], passed: [], couldNotRun: [] };
    const comment = pullRequestComment({
      facts: [facts(MIB, 0)],
      policy: [policy],
      preview: `${"+ create ```\n".repeat(10_000)}`,
    });
    assert.equal(comment.length, 65_536);
    assert.match(comment, /<details><summary>pulumi preview<\/summary>\n\n```\n\+ create '''\n/);
    assert.ok(comment.endsWith("… cut; the job's log has the rest\n```\n\n</details>"));
  });
});

function facts(zipped: number, dollars: number): StackFacts {
  return {
    stack: "dev",
    resources: 1,
    packages: [
      { name: "iris", kind: "function", zipped, unzipped: zipped * 10, unzippedWithLayers: zipped * 10 },
    ],
    costs: [
      { type: "aws:ec2/natGateway:NatGateway", name: "nat", what: "NAT gateway", dollars },
      {
        type: "aws:sagemaker/endpoint:Endpoint",
        name: "endpoint",
        what: "by its instances",
        dollars: undefined,
      },
    ],
  };
}
