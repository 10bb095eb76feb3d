import assert from "node:assert/strict";
import { policyPackOf } from "@paddock/local/engine";
import { describeEngine } from "../helpers/engine/describeEngine";
import { TestEngine, TestStack } from "../helpers/engine/testEngine";
import { recipeProject } from "../helpers/program/recipeProject";

describeEngine("the recipes of the documentation", () => {
  const engine = new TestEngine();
  const project = recipeProject();
  const stack = new TestStack(engine, project.folder, "local");

  it("are planned with the policy pack, transforms applied", async () => {
    const pack = policyPackOf(project.folder, project.folder, "local") as string;
    const { ok, errors, steps } = await stack.preview("--policy-pack", pack);
    assert.deepEqual([ok, errors], [true, ""]);
    for (const step of [
      "create ApiKey caller-ranch",
      "create BasePathMapping domain",
      "create DomainName domain",
      "create Key own-key",
      "create UsagePlan usage-plan",
      "create UsagePlanKey caller-ranch",
      "create WebAcl web-acl",
      "create WebAclAssociation web-acl",
    ]) {
      assert.ok(steps.includes(step), step);
    }
  });

  it("are deployed: the REST API asks for the key that the stack exports", async () => {
    const { ok, errors } = await stack.up();
    assert.deepEqual([ok, errors], [true, ""]);
    const { apiUrl } = stack.outputs();
    const keys = JSON.parse(stack.pulumi("stack", "output", "keys", "--json", "--show-secrets"));
    const ask = async (headers: Record<string, string>) => {
      const body = '{"sl": 6.9, "sw": 3.1, "pl": 5.1, "pw": 2.3}';
      return (await fetch(`${apiUrl}/iris`, { method: "POST", headers, body })).status;
    };
    assert.deepEqual([await ask({}), await ask({ "x-api-key": String(keys.ranch) })], [403, 200]);
  });
});
