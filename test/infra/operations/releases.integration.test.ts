import assert from "node:assert/strict";
import type { Declaration, Declared } from "@paddock/local/program";
import { declareStack, declareWith, find } from "../../helpers/program/declareStack";

const of = ({ resources }: Declaration, type: string) =>
  resources.filter((resource) => resource.type === type);
const PROVISIONED = "aws:lambda/provisionedConcurrencyConfig:ProvisionedConcurrencyConfig";

describe("Releases in steps", () => {
  it("have a deployment group for each endpoint, which its own alarms stop, and none for what services invoke", async () => {
    const prod = await declareStack({}, "prod");
    const endpoints = of(prod, "paddock:index:Endpoint").map(({ name }) => name);
    const groups = of(prod, "aws:codedeploy/deploymentGroup:DeploymentGroup");
    assert.deepEqual(groups.map(({ name }) => name).sort(), endpoints.sort());
    for (const { name, inputs } of groups) {
      const { enabled, alarms } = inputs.alarmConfiguration as { enabled: boolean; alarms: string[] };
      const stopping = ["errors", "duration", "throttles", "url-errors"].map(
        (what) => find(prod, "aws:cloudwatch/metricAlarm:MetricAlarm", `${name}-${what}`).inputs.name,
      );
      assert.deepEqual([enabled, alarms], [true, stopping]);
      assert.equal(inputs.deploymentConfigName, "CodeDeployDefault.LambdaCanary10Percent5Minutes");
    }
  });

  it("and alarms, metrics, dashboard and budget change a stack without them in place: nothing is replaced or lost", async () => {
    const before = await declareStack();
    const after = await declareWith({
      metrics: "true",
      alarms: "true",
      dashboard: "true",
      monthlyBudget: "300",
      release: "linear10percentevery1minute",
    });
    const byUrn = new Map(after.resources.map((resource) => [resource.urn, resource]));
    const changed = before.resources.filter((resource) => {
      const now = byUrn.get(resource.urn);
      return now === undefined || JSON.stringify(inputsOf(now)) !== JSON.stringify(inputsOf(resource));
    });
    assert.deepEqual(
      changed.map(({ urn }) => urn),
      [],
    );
    assert.ok(after.resources.length > before.resources.length);
  });
});

describe("Provisioned concurrency", () => {
  it("is of each endpoint's alias, a fixed number where neither use nor schedule scales it", async () => {
    const stack = await declareWith({ provisionedConcurrency: "1" });
    const endpoints = of(stack, "paddock:index:Endpoint");
    assert.equal(of(stack, PROVISIONED).length, endpoints.length);
    const { inputs } = find(stack, PROVISIONED, "iris");
    assert.deepEqual([inputs.qualifier, inputs.provisionedConcurrentExecutions], ["live", 1]);
    assert.deepEqual(of(stack, "aws:appautoscaling/target:Target"), []);
  });

  it("is scaled by use and by schedule, between the least and the most of them", async () => {
    const stack = await declareWith({
      provisionedConcurrency: "1",
      provisionedConcurrencyMax: "3",
      provisionedConcurrencySchedule: '["cron(0 7 ? * MON-FRI *) 5"]',
    });
    const target = find(stack, "aws:appautoscaling/target:Target", "iris").inputs;
    const functionName = find(stack, "aws:lambda/function:Function", "iris").outputs.name;
    assert.deepEqual(
      [target.resourceId, target.minCapacity, target.maxCapacity],
      [`function:${functionName}:live`, 1, 5],
    );
    const policy = find(stack, "aws:appautoscaling/policy:Policy", "iris").inputs;
    assert.equal(policy.policyType, "TargetTrackingScaling");
    const action = find(stack, "aws:appautoscaling/scheduledAction:ScheduledAction", "iris-1").inputs;
    assert.deepEqual(
      [action.schedule, action.scalableTargetAction],
      ["cron(0 7 ? * MON-FRI *)", { minCapacity: 5, maxCapacity: 5 }],
    );
  });
});

/** The inputs without the variable that turns metrics on, which changes in place. */
function inputsOf({ inputs }: Declared): object {
  const { environment, ...rest } = inputs as {
    environment?: { variables: Record<string, string> };
  };
  const { METRICS_NAMESPACE, ...variables } = environment?.variables ?? {};
  return { ...rest, variables };
}
