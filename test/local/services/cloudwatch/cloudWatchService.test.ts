import assert from "node:assert/strict";
import { type Alarm, CloudWatchService } from "../../../../local/services/cloudwatch/cloudWatchService";

const MINUTE = 60_000;
const metric = { namespace: "ranch", metricName: "Errors", dimensions: { FunctionName: "f" } };
const ALARM: Alarm = {
  name: "errors",
  arn: "arn",
  ...metric,
  statistic: "Sum",
  period: 60,
  comparisonOperator: "GreaterThanThreshold",
  threshold: 0,
  evaluationPeriods: 3,
  datapointsToAlarm: 2,
  treatMissingData: "notBreaching",
};

describe("CloudWatch", () => {
  let now = 0;
  let service: CloudWatchService;
  beforeEach(() => {
    now = 1_000 * MINUTE;
    service = new CloudWatchService({ now: () => now });
  });
  /** Puts a value in each of the next minutes; `undefined` for none. */
  const minutes = (...values: (number | undefined)[]) => {
    for (const value of values) {
      if (value !== undefined) service.putMetric(metric, [value]);
      now += MINUTE;
    }
  };
  const state = (changes: Partial<Alarm> = {}) => {
    service.putAlarm({ ...ALARM, ...changes });
    return service.describeAlarms()[0]?.state;
  };

  it("has an alarm fire by two bad minutes of three, and end when they are past", () => {
    minutes(1);
    assert.equal(state()?.value, "OK");
    minutes(0, 1);
    assert.deepEqual([state()?.value, state()?.datapoints], ["ALARM", [1, 0, 1]]);
    minutes(0);
    assert.equal(state()?.value, "OK");
  });

  it("looks at whole minutes only", () => {
    minutes(1);
    service.putMetric(metric, [1]);
    assert.equal(state()?.value, "OK");
    now += MINUTE;
    assert.equal(state()?.value, "ALARM");
  });

  it("treats a minute without values as the alarm says", () => {
    assert.equal(state()?.value, "OK");
    assert.equal(state({ treatMissingData: "breaching" })?.value, "ALARM");
    assert.equal(state({ treatMissingData: undefined })?.value, "INSUFFICIENT_DATA");
    minutes(1, 1);
    assert.equal(state({ treatMissingData: "ignore" })?.value, "ALARM");
    minutes(undefined, undefined, undefined);
    assert.equal(state({ treatMissingData: "ignore" })?.value, "ALARM");
  });

  it("computes each statistic of the values of a minute", () => {
    service.putMetric(
      metric,
      Array.from({ length: 100 }, (_, index) => index + 1),
    );
    now += MINUTE;
    const once = { evaluationPeriods: 1, datapointsToAlarm: 1, statistic: undefined };
    const value = (stat: string) => state({ ...once, extendedStatistic: stat })?.datapoints[0];
    assert.deepEqual(
      ["Sum", "Average", "Minimum", "Maximum", "SampleCount", "p50", "p99", "p100"].map(value),
      [5050, 50.5, 1, 100, 100, 50, 99, 100],
    );
  });

  it("reads metrics of a log line, single values and lists, by every set of dimensions", () => {
    const _aws = {
      Timestamp: 0,
      CloudWatchMetrics: [
        {
          Namespace: "ranch",
          Dimensions: [["FunctionName"], ["FunctionName", "Model"]],
          Metrics: [{ Name: "Errors" }, { Name: "Loads" }, { Name: "Absent" }],
        },
      ],
    };
    const line = { _aws, FunctionName: "f", Model: "m", Errors: 1, Loads: [2, 3] };
    service.readLogLine(JSON.stringify(line));
    now += MINUTE;
    const sum = (metricName: string, dimensions: Record<string, string>) =>
      state({ metricName, dimensions, evaluationPeriods: 1, datapointsToAlarm: 1 })?.datapoints[0];
    assert.deepEqual(
      [
        sum("Errors", { FunctionName: "f" }),
        sum("Loads", { FunctionName: "f" }),
        sum("Loads", { Model: "m", FunctionName: "f" }),
        sum("Absent", { FunctionName: "f" }),
        sum("Errors", { FunctionName: "g" }),
      ],
      [1, 5, 5, undefined, undefined],
    );
  });

  it("leaves lines alone that only resemble metrics", () => {
    for (const line of [
      '{"_aws":',
      '{"_aws":1}',
      '{"_aws":{"CloudWatchMetrics":{}}}',
      '{"_aws":{"CloudWatchMetrics":[null,{"Namespace":"n","Dimensions":[5],"Metrics":[{"Name":1}]}]}}',
      'text with "_aws"',
    ]) {
      service.readLogLine(line);
    }
    assert.deepEqual(service.describeAlarms(), []);
  });
});
