import assert from "node:assert/strict";
import { covers, type Exception, isExpired } from "../../policy/lib/exceptions";
import { stackReport } from "../../policy/lib/stackReport";
import { settingsIn } from "../../policy/lib/stackSettings";
import { lambdaUrlAuth } from "../../policy/rules/lambda/urlAuth";
import { packageSecrets } from "../../policy/rules/package/secrets";
import { stackExceptions } from "../../policy/rules/stack/exceptions";
import { judge } from "../helpers/policy/judge";
import { ruleResource } from "../helpers/policy/ruleResource";

const EXCEPTION: Exception = {
  rule: "lambda-url-auth",
  resource: "iris",
  reason: "a demonstration",
  expires: "2026-12-31",
};

const url = (name: string) =>
  ruleResource("aws:lambda/functionUrl:FunctionUrl", name, { authorizationType: "NONE" });

/** Outcomes by resource on a day, the rule about exceptions included. */
async function outcomes(exceptions: unknown, today: string, ...names: readonly string[]) {
  const runs = await judge([lambdaUrlAuth, packageSecrets, stackExceptions], names.map(url), {
    exceptions,
    today,
  });
  return runs.flatMap(({ verdicts }) =>
    verdicts.map(({ urn, outcome, found }) => [urn?.split("::").at(-1) ?? found, outcome]),
  );
}

describe("exceptions", () => {
  it("A stack's settings are read from its configuration, structured or as JSON", () => {
    const config = { "paddock:policyExceptions": [EXCEPTION], "paddock:policyProfile": "strict" };
    const settings = { profile: "strict", exceptions: { exceptions: [EXCEPTION], mistakes: [] } };
    assert.deepEqual(settingsIn(config, "paddock"), settings);
    const json = { ...config, "paddock:policyExceptions": JSON.stringify([EXCEPTION]) };
    assert.deepEqual(settingsIn(json, "paddock"), settings);
    assert.deepEqual(settingsIn(config, "other"), {
      profile: "baseline",
      exceptions: { exceptions: [], mistakes: [] },
    });
    assert.deepEqual(settingsIn({ "a:policyProfile": "lax" }, "a"), {
      profile: "baseline",
      exceptions: {
        exceptions: [],
        mistakes: ["`a:policyProfile: lax` is not one of aws, baseline, strict"],
      },
    });
  });

  it("An exception covers the resource it names, and with * those of a pattern", () => {
    const covered = (resource: string, name: string) =>
      covers({ ...EXCEPTION, resource }, "lambda-url-auth", name);
    assert.deepEqual(
      [covered("iris", "iris"), covered("iris", "iris-2"), covered("iris*", "iris-2"), covered("*", "a")],
      [true, false, true, true],
    );
    assert.equal(covered("a.b", "axb"), false);
    assert.equal(covers(EXCEPTION, "lambda-url-cors", "iris"), false);
  });

  it("An exception holds through its last day", () => {
    assert.deepEqual(
      ["2026-12-30", "2026-12-31", "2027-01-01"].map((today) => isExpired(EXCEPTION, today)),
      [false, false, true],
    );
  });

  it("An exception lets a violation of its resource through, and no other", async () => {
    assert.deepEqual(await outcomes([EXCEPTION], "2026-11-21", "iris", "breast-cancer"), [
      ["iris", "excepted"],
      ["breast-cancer", "violation"],
    ]);
  });

  it("An exception that ended is a violation, and so is what it excepted", async () => {
    assert.deepEqual(await outcomes([EXCEPTION], "2027-01-01", "iris"), [
      ["iris", "violation"],
      ["the exception from lambda-url-auth for iris ended on 2026-12-31", "violation"],
    ]);
  });

  it("An exception is renewed by a second one that still holds", async () => {
    assert.deepEqual(
      (await outcomes([{ ...EXCEPTION, expires: "2026-01-01" }, EXCEPTION], "2026-11-21", "iris"))[0],
      ["iris", "excepted"],
    );
  });

  it("Each exception that is written wrongly is a violation of one line", async () => {
    assert.deepEqual(
      await outcomes(
        [
          { ...EXCEPTION, reason: " " },
          "iris",
          { ...EXCEPTION, expires: "31.12.2026" },
          { ...EXCEPTION, expires: "2026-13-40" },
          { ...EXCEPTION, expires: "2027-02-30" },
          { ...EXCEPTION, rule: "lambda-url-atuh" },
          { ...EXCEPTION, expires: "2036-01-01" },
        ],
        "2026-11-21",
        "other",
      ),
      [
        ["other", "violation"],
        ["`paddock:policyExceptions[0]` has no `reason`", "violation"],
        ["`paddock:policyExceptions[1]` has no `rule`", "violation"],
        [
          '`paddock:policyExceptions[2]` has `expires: 31.12.2026`, which is not a date of the form "2027-12-31"',
          "violation",
        ],
        [
          '`paddock:policyExceptions[3]` has `expires: 2026-13-40`, which is not a date of the form "2027-12-31"',
          "violation",
        ],
        [
          '`paddock:policyExceptions[4]` has `expires: 2027-02-30`, which is not a date of the form "2027-12-31"',
          "violation",
        ],
        [
          "the exception for iris is from `lambda-url-atuh`, which is not a rule (did you mean `lambda-url-auth`?)",
          "violation",
        ],
        ["the exception from lambda-url-auth for iris ends on 2036-01-01", "violation"],
      ],
    );
  });

  it("Exceptions that are not a list are a violation", async () => {
    assert.deepEqual(await outcomes("iris", "2026-11-21", "iris"), [
      ["iris", "violation"],
      ["`paddock:policyExceptions` is not a list", "violation"],
    ]);
  });

  it("An exception from a rule about secrets, or about exceptions, names its resource in full or is not an exception", async () => {
    assert.deepEqual(
      await outcomes(
        [
          { ...EXCEPTION, rule: "package-secrets", resource: "ir*" },
          { ...EXCEPTION, rule: "package-secrets" },
          { ...EXCEPTION, rule: "stack-exceptions" },
        ],
        "2026-11-21",
      ),
      [
        ["the exception from package-secrets for ir*", "violation"],
        ["an exception from stack-exceptions", "violation"],
      ],
    );
  });

  it("Exceptions that no violation needs are reported", async () => {
    const unused = { ...EXCEPTION, resource: "gone" };
    const ofDisabledRule = { ...EXCEPTION, rule: "lambda-tracing" };
    const exceptions = [EXCEPTION, unused, ofDisabledRule];
    const runs = await judge([lambdaUrlAuth], [url("iris")], { exceptions });
    const report = stackReport({
      ...{ stack: "test", profile: "baseline", notes: [] },
      ...{ exceptions, resources: [url("iris")], runs, lookedAt: new Set() },
    });
    assert.deepEqual(report.unusedExceptions, [unused]);
  });
});
