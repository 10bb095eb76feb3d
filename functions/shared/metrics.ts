/** CloudWatch's names and units: https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch_Embedded_Metric_Format_Specification.html */
const UNITS = {
  Requests: "Count",
  /** Answers with a status of 400 to 499. */
  ClientErrors: "Count",
  /** Answers with a status of 500 to 599. */
  ServerErrors: "Count",
  Latency: "Milliseconds",
  ColdStarts: "Count",
  ModelLoads: "Count",
  ModelLoadTime: "Milliseconds",
  ModelLoadFailures: "Count",
  ModelHits: "Count",
  ModelEvictions: "Count",
  ModelsLoaded: "Count",
  ModelBytes: "Bytes",
  /** Requests that a shadow was compared for. */
  Shadows: "Count",
  ShadowDifferences: "Count",
  ShadowFailures: "Count",
  /** Requests that were not sent to the shadow: too large, or Lambda did not take them. */
  ShadowsLeftOut: "Count",
} as const;

export type MetricName = keyof typeof UNITS;
export type Metrics = { readonly [Name in MetricName]?: number | readonly number[] };

/** The format's limit on the values of one metric in one line. */
const MAX_VALUES = 100;

/** How a line declares each metric. */
const DECLARED = Object.fromEntries(Object.entries(UNITS).map(([Name, Unit]) => [Name, { Name, Unit }]));

const pending = new Map<MetricName, number[]>();
const NONE: Metrics = {};

/** Records a value for the log line of the request at work; what happens before the first one goes with that. */
export function recordMetric(name: MetricName, value = 1): void {
  const values = pending.get(name) ?? [];
  if (values.length < MAX_VALUES) values.push(value);
  pending.set(name, values);
}

/** Takes what was recorded since the last request. */
export function takeMetrics(): Metrics {
  if (pending.size === 0) return NONE;
  const taken = Object.fromEntries(
    [...pending].map(([name, values]) => [name, values.length === 1 ? values[0] : values]),
  );
  pending.clear();
  return taken;
}

/** The fields that make metrics of a log line, which CloudWatch reads without a client or a call. */
export function embedded(namespace: string, metrics: Metrics): Readonly<Record<string, unknown>> {
  return {
    _aws: {
      Timestamp: Date.now(),
      CloudWatchMetrics: [
        {
          Namespace: namespace,
          Dimensions: [["FunctionName"]],
          Metrics: Object.keys(metrics).map((name) => DECLARED[name]),
        },
      ],
    },
    FunctionName: process.env.AWS_LAMBDA_FUNCTION_NAME ?? "local",
    ...metrics,
  };
}
