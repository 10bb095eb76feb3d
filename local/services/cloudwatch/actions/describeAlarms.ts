import { AwsError } from "../../../http/awsError";
import type { CloudWatchService, EvaluatedAlarm } from "../cloudWatchService";

/** @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_DescribeAlarms.html */
export function describeAlarms(
  request: Readonly<Record<string, unknown>>,
  service: CloudWatchService,
): object {
  const { AlarmNames, AlarmNamePrefix = "", StateValue } = request;
  const names = AlarmNames === undefined ? undefined : [AlarmNames].flat();
  if (typeof AlarmNamePrefix !== "string") {
    throw new AwsError("ValidationError", 400, "AlarmNamePrefix must be a string");
  }
  const found = service
    .describeAlarms()
    .filter(({ name }) => names?.includes(name) ?? name.startsWith(AlarmNamePrefix))
    .filter(({ state }) => StateValue === undefined || state.value === StateValue);
  return { MetricAlarms: found.map(describe), CompositeAlarms: [] };
}

function describe({ state, ...alarm }: EvaluatedAlarm): object {
  return {
    AlarmName: alarm.name,
    AlarmArn: alarm.arn,
    AlarmDescription: alarm.alarmDescription,
    ActionsEnabled: alarm.actionsEnabled ?? true,
    AlarmActions: alarm.alarmActions ?? [],
    OKActions: alarm.okActions ?? [],
    InsufficientDataActions: alarm.insufficientDataActions ?? [],
    StateValue: state.value,
    StateReason: state.reason,
    StateReasonData: JSON.stringify({ recentDatapoints: state.datapoints.map((value) => value ?? null) }),
    ComparisonOperator: alarm.comparisonOperator,
    Threshold: alarm.threshold,
    EvaluationPeriods: alarm.evaluationPeriods,
    DatapointsToAlarm: alarm.datapointsToAlarm,
    TreatMissingData: alarm.treatMissingData,
    ...(alarm.metricName !== undefined && {
      Namespace: alarm.namespace,
      MetricName: alarm.metricName,
      Dimensions: dimensionsOf(alarm.dimensions),
      Period: alarm.period,
      Statistic: alarm.statistic,
      ExtendedStatistic: alarm.extendedStatistic,
    }),
    ...(alarm.metricQueries && {
      Metrics: alarm.metricQueries.map(({ id, expression, label, metric, returnData = false }) => ({
        Id: id,
        Expression: expression,
        Label: label,
        ReturnData: returnData,
        ...(metric && {
          MetricStat: {
            Metric: {
              Namespace: metric.namespace,
              MetricName: metric.metricName,
              Dimensions: dimensionsOf(metric.dimensions),
            },
            Period: metric.period,
            Stat: metric.stat,
          },
        }),
      })),
    }),
  };
}

function dimensionsOf(dimensions: Readonly<Record<string, string>> = {}): object[] {
  return Object.entries(dimensions).map(([Name, Value]) => ({ Name, Value }));
}
