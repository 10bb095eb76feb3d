import assert from "node:assert/strict";
import type { Declared } from "@paddock/local/program";
import type { Rule } from "../../policy/lib/rule";
import { RULES } from "../../policy/rules";
import type { ControlCases } from "../helpers/policy/controlCases";
import { judge } from "../helpers/policy/judge";
import { apiControls } from "./controls/api";
import { iamControls } from "./controls/iam";
import { lambdaControls } from "./controls/lambda";
import { networkControls } from "./controls/network";
import { s3Controls } from "./controls/s3";
import { servicesControls } from "./controls/services";

const CASES: readonly ControlCases[] = [
  ...apiControls,
  ...iamControls,
  ...lambdaControls,
  ...networkControls,
  ...s3Controls,
  ...servicesControls,
];

describe("the controls that rules cover", () => {
  it("Every control that a rule names has a case that it rejects and one that it passes, and no other has", () => {
    const named = RULES.flatMap(({ name, controls = [] }) => controls.map((control) => `${name} ${control}`));
    const proven = (kind: "refuses" | "passes") =>
      CASES.filter((cases) => Object.keys(cases[kind]).length > 0).flatMap(({ rule, controls }) =>
        controls.map((control) => `${rule.name} ${control}`),
      );
    assert.deepEqual([...new Set(proven("refuses"))].sort(), named.sort());
    assert.deepEqual([...new Set(proven("passes"))].sort(), named.sort());
  });

  for (const { rule, controls, refuses, passes } of CASES) {
    for (const [what, stack] of Object.entries(refuses)) {
      it(`${rule.name} reports ${what}, as ${controls.join(", ")} would`, async () => {
        assert.notEqual((await run(rule, stack)).length, 0);
      });
    }
    for (const [what, stack] of Object.entries(passes)) {
      it(`${rule.name} passes ${what}, as ${controls.join(", ")} would`, async () => {
        assert.deepEqual(await run(rule, stack), []);
      });
    }
  }
});

async function run(rule: Rule, stack: readonly Declared[]): Promise<string[]> {
  const [result] = await judge([rule], stack);
  assert.deepEqual(result?.failures, []);
  return result.verdicts.map(({ found }) => found);
}
