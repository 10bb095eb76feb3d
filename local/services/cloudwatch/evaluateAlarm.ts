import type * as aws from "@pulumi/aws";
import type { InputsOf } from "../../resources/resourceType";
import { parseMetricMath } from "./metricMath";
import type { MetricStore } from "./metricStore";

export type AlarmInputs = InputsOf<typeof aws.cloudwatch.MetricAlarm>;
type Query = NonNullable<AlarmInputs["metricQueries"]>[number];

export type StateValue = "OK" | "ALARM" | "INSUFFICIENT_DATA";

export interface AlarmState {
  readonly value: StateValue;
  readonly reason: string;
  /** Values of the evaluated periods, the newest first. */
  readonly datapoints: readonly (number | undefined)[];
}

export const COMPARISONS: ReadonlyMap<string, (value: number, threshold: number) => boolean> = new Map([
  ["GreaterThanThreshold", (value, threshold) => value > threshold],
  ["GreaterThanOrEqualToThreshold", (value, threshold) => value >= threshold],
  ["LessThanThreshold", (value, threshold) => value < threshold],
  ["LessThanOrEqualToThreshold", (value, threshold) => value <= threshold],
]);

/**
 * Evaluates an alarm over its last whole periods.
 *
 * @param before  Its state until now, which `ignore` keeps where values are missing.
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/alarm-evaluation.html
 */
export function evaluateAlarm(
  alarm: AlarmInputs,
  metrics: MetricStore,
  now: number,
  before: StateValue = "INSUFFICIENT_DATA",
): AlarmState {
  const { evaluationPeriods = 1, threshold = 0, comparisonOperator = "", treatMissingData } = alarm;
  const needed = alarm.datapointsToAlarm ?? evaluationPeriods;
  const seconds = periodOf(alarm);
  const end = Math.floor(now / (seconds * 1000)) * seconds * 1000;
  const datapoints = Array.from({ length: evaluationPeriods }, (_, index) => {
    const to = end - index * seconds * 1000;
    return watchedValue(alarm, metrics, to - seconds * 1000, to);
  });
  const isBreaching = COMPARISONS.get(comparisonOperator) ?? (() => false);
  const present = datapoints.filter((value) => value !== undefined);
  const breaching = present.filter((value) => isBreaching(value, threshold)).length;
  const missing = datapoints.length - present.length;
  const counted = breaching + (treatMissingData === "breaching" ? missing : 0);
  const reason = `${counted} of the last ${evaluationPeriods} datapoints breached the threshold (${threshold}); ${needed} do for an alarm`;
  if (counted >= needed) return { value: "ALARM", reason, datapoints };
  if (present.length > 0 || treatMissingData === "notBreaching" || treatMissingData === "breaching") {
    return { value: "OK", reason, datapoints };
  }
  const value = treatMissingData === "ignore" ? before : "INSUFFICIENT_DATA";
  return { value, reason: `no data in the last ${evaluationPeriods} periods`, datapoints };
}

/** Seconds of a period. */
function periodOf({ period, metricQueries = [] }: AlarmInputs): number {
  return period ?? Math.max(60, ...metricQueries.map((query) => query.metric?.period ?? query.period ?? 0));
}

/** The value that the alarm compares, in one period. */
function watchedValue(
  alarm: AlarmInputs,
  metrics: MetricStore,
  from: number,
  to: number,
): number | undefined {
  const { metricQueries = [], namespace = "", metricName = "", dimensions = {} } = alarm;
  if (metricQueries.length === 0) {
    const stat = alarm.statistic ?? alarm.extendedStatistic ?? "";
    return metrics.statistic({ namespace, metricName, dimensions }, stat, from, to);
  }
  const values = new Map<string, number | undefined>();
  for (const { id, metric } of metricQueries) {
    if (metric === undefined) continue;
    const { namespace = "", metricName, dimensions = {}, stat } = metric;
    values.set(id, metrics.statistic({ namespace, metricName, dimensions }, stat, from, to));
  }
  const watched = watchedQuery(metricQueries);
  return watched?.expression === undefined
    ? watched && values.get(watched.id)
    : parseMetricMath(watched.expression)(values);
}

/** The one query whose result the alarm compares. */
function watchedQuery(queries: readonly Query[]): Query | undefined {
  return queries.find(({ returnData }) => returnData);
}
