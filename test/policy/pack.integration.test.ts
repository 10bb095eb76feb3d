import assert from "node:assert/strict";
import path from "node:path";
import { policyPackOf } from "@paddock/local/engine";
import { EnforcementLevel } from "@pulumi/pulumi/proto/analyzer_pb";
import { RULES } from "../../policy/rules";
import { PackHost } from "../helpers/policy/packHost";
import { temporaryFolder } from "../helpers/process/temporaryFolder";

const ROOT = path.resolve(__dirname, "../..");

const LOGS = "urn:pulumi:dev::paddock::aws:cloudwatch/logGroup:LogGroup::iris";
const TAGGED = { tags: { project: "paddock", stack: "dev" } };
const KEPT = [
  "logs-retention",
  EnforcementLevel.MANDATORY,
  "kept for ever; allowed: 7 to 3653 days. Set `retentionInDays` (setting `paddock:logRetentionDays`).",
];

describe("the policy pack, started as Pulumi starts it", () => {
  let pack: PackHost;

  before(async () => {
    const host = require.resolve("@pulumi/pulumi/cmd/run-policy-pack");
    pack = await PackHost.start(process.execPath, [host, "127.0.0.1:1", "."], {
      cwd: path.join(ROOT, "policy"),
      // As the engine starts a pack: with the stack's configuration, as it gives it to a program.
      env: {
        ...process.env,
        PULUMI_NODEJS_PROJECT: "paddock",
        PULUMI_CONFIG: JSON.stringify({ "paddock:policyProfile": "strict" }),
      },
    });
  });

  after(() => pack.end());

  it("The pack names every rule to the engine", async () => {
    const info = await pack.info();
    assert.equal(info.getName(), "paddock");
    assert.deepEqual(
      info
        .getPoliciesList()
        .map((policy) => policy.getName())
        .sort(),
      RULES.map(({ name }) => name).sort(),
    );
  });

  it("The pack judges a resource that the engine sends, by the stack's own profile", async () => {
    assert.deepEqual(await pack.analyze(LOGS, TAGGED), [KEPT]);
  });
});

describe("the policy pack, started by `npm run local -- up`", () => {
  let pack: PackHost;

  before(async () => {
    const { PULUMI_CONFIG, PULUMI_NODEJS_PROJECT, ...env } = process.env;
    const script = policyPackOf(ROOT, temporaryFolder(), "dev") as string;
    // An executable gets an address from the engine, and nothing of the stack.
    pack = await PackHost.start(script, ["127.0.0.1:1"], { cwd: temporaryFolder(), env });
  });

  after(() => pack.end());

  it("The pack judges by the profile that the stack's file names", async () => {
    assert.deepEqual(await pack.analyze(LOGS, TAGGED), [KEPT]);
  });
});
