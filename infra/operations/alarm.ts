import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import type { Settings } from "../settings";

/** A statistic of a metric. */
export interface MetricSource {
  readonly namespace: string;
  readonly metricName: string;
  /** `Sum`, `Average`, `Minimum`, `p99`, … */
  readonly stat: string;
  readonly dimensions: Readonly<Record<string, pulumi.Input<string>>>;
}

/** The value that an alarm compares with its threshold: a metric, or metric math on several by their ids. */
type Watched =
  | { readonly metric: MetricSource }
  | { readonly metrics: Readonly<Record<string, MetricSource>>; readonly expression: string };

export type AlarmArgs = Watched & {
  /** The fault that it reports, for whoever reads the message. */
  readonly description: string;
  readonly threshold: number;
  /** @default GreaterThanThreshold */
  readonly comparisonOperator?: string;
};

/** Parts that the alarms of a stack share. */
export interface AlarmContext {
  readonly settings: Pick<Settings, "tags">;
  /** ARN of the topic that is told. */
  readonly topic: pulumi.Input<string>;
}

/** Seconds; metrics of Lambda and of log lines are by the minute. */
const PERIOD = 60;

/**
 * Two of three minutes make an alarm, so that one bad minute wakes nobody; a minute without requests is a good one. Its name
 * is Pulumi's: PutMetricAlarm overwrites another stack's alarm of the same name without a word.
 */
export function createAlarm(
  name: string,
  { settings, topic }: AlarmContext,
  args: AlarmArgs,
  parent: pulumi.Resource,
): aws.cloudwatch.MetricAlarm {
  return new aws.cloudwatch.MetricAlarm(
    name,
    {
      alarmDescription: args.description,
      ...watched(args),
      comparisonOperator: args.comparisonOperator ?? "GreaterThanThreshold",
      threshold: args.threshold,
      evaluationPeriods: 3,
      datapointsToAlarm: 2,
      treatMissingData: "notBreaching",
      alarmActions: [topic],
      okActions: [topic],
      tags: settings.tags,
    },
    { parent },
  );
}

function watched(args: Watched): Partial<aws.cloudwatch.MetricAlarmArgs> {
  if ("metric" in args) {
    const { stat, ...metric } = args.metric;
    const isPercentile = stat.startsWith("p");
    return { ...metric, period: PERIOD, [isPercentile ? "extendedStatistic" : "statistic"]: stat };
  }
  const queries = Object.entries(args.metrics).map(([id, metric]) => ({
    id,
    metric: { ...metric, period: PERIOD },
  }));
  return { metricQueries: [{ id: "watched", expression: args.expression, returnData: true }, ...queries] };
}
