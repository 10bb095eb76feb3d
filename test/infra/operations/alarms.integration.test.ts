import assert from "node:assert/strict";
import { type Alarm, type AlarmInputs, CloudWatchService, type Metric } from "@paddock/local/cloudwatch";
import type { Declaration, Declared } from "@paddock/local/program";
import { declareStack, declareWith } from "../../helpers/program/declareStack";

const ALARM = "aws:cloudwatch/metricAlarm:MetricAlarm";
const MINUTE = 60_000;

/** Values of a minute, by metric, with which an alarm fires and with which it does not. */
const CASES: Readonly<Record<string, readonly [Readonly<Record<string, number>>, Record<string, number>]>> = {
  errors: [
    { Invocations: 100, Errors: 1, ServerErrors: 2 },
    { Invocations: 100, Errors: 0, ServerErrors: 2 },
  ],
  "sync errors": [{ Errors: 1 }, { Errors: 0 }],
  duration: [{ Duration: 23_201 }, { Duration: 23_200 }],
  throttles: [{ Throttles: 1 }, { Throttles: 0 }],
  "url-errors": [
    { UrlRequestCount: 100, Url5xxCount: 3 },
    { UrlRequestCount: 100, Url5xxCount: 2 },
  ],
  "model-loads": [{ ModelLoadFailures: 1 }, { ModelLoadFailures: 0 }],
  bursts: [{ PercentIOLimit: 96 }, { PercentIOLimit: 95 }],
  credits: [{ BurstCreditBalance: 1 }, { BurstCreditBalance: 2 ** 41 }],
};

describe("the alarms of a stack", () => {
  let prod: Declaration;
  let alarms: readonly Declared[];
  before(async () => {
    prod = await declareStack({}, "prod");
    alarms = prod.resources.filter(({ type }) => type === ALARM);
  });

  /** The states of one alarm after three minutes with these values. */
  const stateAfter = (alarm: Declared, values: Readonly<Record<string, number>>) => {
    let now = 1_000 * MINUTE;
    const service = new CloudWatchService({ now: () => now });
    service.putAlarm({ ...(alarm.inputs as AlarmInputs), arn: "arn" } as Alarm);
    for (let minute = 0; minute < 3; minute++) {
      for (const metric of metricsOf(alarm.inputs as AlarmInputs)) {
        const value = values[metric.metricName];
        if (value !== undefined) service.putMetric(metric, [value]);
      }
      now += MINUTE;
    }
    return service.describeAlarms()[0]?.state.value;
  };
  const caseOf = ({ name }: Declared) => {
    if (name === "model-sync-errors") return "sync errors";
    return (
      Object.keys(CASES).find((what) => name.endsWith(`-${what}`) && !name.endsWith(`url-${what}`)) ?? ""
    );
  };

  it("each fire over its threshold, do not at it, and do not where nothing is measured", () => {
    assert.ok(alarms.length > 30, String(alarms.length));
    for (const alarm of alarms) {
      const [bad, good] = CASES[caseOf(alarm)] ?? [{}, {}];
      const states = [stateAfter(alarm, bad), stateAfter(alarm, good), stateAfter(alarm, {})];
      assert.deepEqual(states, ["ALARM", "OK", "OK"], alarm.name);
    }
  });

  it("watch burst credits where the file system's throughput is provisioned", async () => {
    const { resources } = await declareWith({ volumeThroughput: "16" }, "prod");
    const [alarm] = resources.filter(({ type, name }) => type === ALARM && name === "model-volume-bursts");
    assert.ok(alarm);
    const [bad = {}, good = {}] = CASES.credits ?? [];
    assert.deepEqual([stateAfter(alarm, bad), stateAfter(alarm, good)], ["ALARM", "OK"]);
  });

  it("are of every function, and tell the topic with the stack's e-mail address, when they end, too", async () => {
    const { resources } = await declareWith({ alarmsTo: "ops@example.com" }, "prod");
    const of = (type: string) => resources.filter((resource) => resource.type === type);
    const told = of(ALARM);
    const functions = of("aws:lambda/function:Function");
    for (const { name } of functions) {
      for (const what of ["errors", "throttles"]) {
        assert.ok(
          told.some((alarm) => alarm.name === `${name}-${what}`),
          `${name}-${what}`,
        );
      }
    }
    const [topic] = of("aws:sns/topic:Topic");
    for (const { name, inputs } of told) {
      assert.deepEqual(
        [inputs.alarmActions, inputs.okActions],
        [[topic?.outputs.arn], [topic?.outputs.arn]],
        name,
      );
    }
    const [subscription] = of("aws:sns/topicSubscription:TopicSubscription");
    assert.deepEqual(subscription?.inputs, {
      topic: topic?.outputs.arn,
      protocol: "email",
      endpoint: "ops@example.com",
    });
  });

  it("tell an existing topic where the setting is its ARN, and none is made", async () => {
    const arn = "arn:aws:sns:us-east-1:123456789012:ops";
    const { resources } = await declareWith({ alarmsTo: arn });
    assert.deepEqual(
      resources.filter(({ type }) => type.startsWith("aws:sns/")),
      [],
    );
    const told = resources.filter(({ type }) => type === ALARM);
    assert.ok(told.length > 30, String(told.length));
    for (const { inputs } of told) assert.deepEqual(inputs.alarmActions, [arn]);
  });

  it("are shown beside a dashboard with a row for each endpoint, and a budget that tells the same topic", () => {
    const of = (type: string) => prod.resources.find((resource) => resource.type === type)?.inputs ?? {};
    const { widgets } = JSON.parse(String(of("aws:cloudwatch/dashboard:Dashboard").dashboardBody));
    const endpoints = prod.resources.filter(({ type }) => type === "paddock:index:Endpoint");
    assert.equal(widgets.length, 3 * endpoints.length);
    for (const { name } of endpoints) {
      assert.ok(
        widgets.some((widget: { properties: { title: string } }) =>
          widget.properties.title.startsWith(`${name}: `),
        ),
      );
    }
    const budget = of("aws:budgets/budget:Budget");
    assert.deepEqual([budget.limitAmount, budget.limitUnit, budget.timeUnit], ["300", "USD", "MONTHLY"]);
  });

  it("are none, with neither topic, dashboard nor budget, in development", async () => {
    const { resources } = await declareStack();
    assert.deepEqual(
      resources.filter(({ type }) =>
        /metricAlarm|dashboard|aws:(sns|budgets|codedeploy|appautoscaling)/.test(type),
      ),
      [],
    );
  });
});

function metricsOf(inputs: AlarmInputs): Metric[] {
  const { metricQueries = [], namespace = "", metricName, dimensions = {} } = inputs;
  if (metricName !== undefined) return [{ namespace, metricName, dimensions }];
  return metricQueries.flatMap(({ metric }) =>
    metric
      ? [
          {
            namespace: metric.namespace ?? "",
            metricName: metric.metricName,
            dimensions: metric.dimensions ?? {},
          },
        ]
      : [],
  );
}
