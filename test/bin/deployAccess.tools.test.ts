import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import fs from "node:fs";
import path from "node:path";
import { deployPolicies, type PolicyDocument } from "../../bin/lib/deployAccess/deployPolicy";
import { describeWith, PYTHON } from "../helpers/process/describeWith";
import { temporaryFolder } from "../helpers/process/temporaryFolder";
import { declareStack } from "../helpers/program/declareStack";

const ROOT = path.resolve(__dirname, "../..");
const SCRIPTS = path.join(__dirname, "deployAccess");
const OPERATIONS = path.join(ROOT, "test/fixtures/access/operations.json");

interface Enforced {
  /** Actions that the operations take. */
  readonly asked: readonly string[];
  /** Operations that IAM denied. */
  readonly denied: readonly string[];
  /** Actions without which every operation still passed. */
  readonly unmissed: readonly string[];
}

describeWith("python", "the policies that `npm run access -- --deploy` prints", function () {
  this.timeout(600_000);
  const folder = temporaryFolder();
  let policies: PolicyDocument[];
  let enforced: Enforced;
  before(async () => {
    const { resources } = await declareStack({}, "prod");
    policies = deployPolicies(resources, { partition: "aws", region: "us-east-1", accountId: "*" });
    const file = path.join(folder, "policies.json");
    fs.writeFileSync(file, JSON.stringify(policies));
    const output = execFileSync(moto(), [path.join(SCRIPTS, "enforce.py"), file, OPERATIONS, "less"], {
      env: { ...process.env, AWS_ACCESS_KEY_ID: "x", AWS_SECRET_ACCESS_KEY: "x" },
      stdio: ["ignore", "pipe", "inherit"],
    });
    enforced = JSON.parse(output.toString("utf8")) as Enforced;
  });

  it("allow every operation by which the provider created and deleted the stack", () => {
    assert.ok(enforced.asked.length > 120, `${enforced.asked.length} actions`);
    assert.deepEqual(enforced.denied, []);
  });

  it("are missed when any one of those actions is taken away", () => {
    assert.deepEqual(enforced.unmissed, []);
  });
});

/** A Python with moto, made once. */
function moto(): string {
  const requirements = path.join(SCRIPTS, "requirements.txt");
  const key = createHash("sha256").update(fs.readFileSync(requirements)).digest("hex").slice(0, 12);
  const folder = path.join(ROOT, ".paddock/cache", `moto-${key}`);
  const python = path.join(folder, "bin/python");
  const whole = path.join(folder, "whole");
  if (fs.existsSync(whole)) return python;
  execFileSync(PYTHON, ["-m", "venv", "--clear", folder]);
  execFileSync(python, ["-m", "pip", "install", "--quiet", "--requirement", requirements], {
    stdio: ["ignore", "ignore", "inherit"],
  });
  fs.writeFileSync(whole, "");
  return python;
}
