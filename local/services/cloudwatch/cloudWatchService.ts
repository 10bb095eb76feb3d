import { qualifiedName } from "../lambda/parseFunctionName";
import type { RequestReport } from "../lambda/requestReport";
import { type AlarmInputs, type AlarmState, evaluateAlarm } from "./evaluateAlarm";
import { type Metric, MetricStore } from "./metricStore";
import { readEmbeddedMetrics } from "./readEmbeddedMetrics";

/** An alarm as it is declared, with its ARN. */
export interface Alarm extends AlarmInputs {
  readonly name: string;
  readonly arn: string;
}

export type EvaluatedAlarm = Alarm & { readonly state: AlarmState };

export interface CloudWatchOptions {
  /** ms since 1970. @default Date.now */
  readonly now?: () => number;
}

/** Metrics of the last three hours, and alarms on them. */
export class CloudWatchService {
  readonly #now: () => number;
  readonly #metrics: MetricStore;
  /** The same objects for each request: the store knows them again. Keyed by resource, then by name. */
  readonly #lambdaMetrics = new Map<string, Map<string, readonly Metric[]>>();
  readonly #alarms = new Map<string, Alarm>();
  readonly #states = new Map<string, AlarmState>();

  constructor({ now = Date.now }: CloudWatchOptions = {}) {
    this.#now = now;
    this.#metrics = new MetricStore(now);
  }

  putMetric(metric: Metric, values: readonly number[]): void {
    this.#metrics.put(metric, values);
  }

  /** Takes the metrics of a log line that has any. */
  readLogLine(line: string): void {
    for (const { metric, values } of readEmbeddedMetrics(line)) this.putMetric(metric, values);
  }

  /** Lambda's own metrics, of a function and of the qualifier that was called. */
  putLambdaMetrics(
    functionName: string,
    qualifier: string | undefined,
    values: Record<string, number>,
  ): void {
    const resource = qualifiedName(functionName, qualifier);
    let known = this.#lambdaMetrics.get(resource);
    if (known === undefined) {
      known = new Map();
      this.#lambdaMetrics.set(resource, known);
    }
    for (const metricName in values) {
      let metrics = known.get(metricName);
      if (metrics === undefined) {
        metrics = lambdaMetrics(metricName, functionName, resource);
        known.set(metricName, metrics);
      }
      for (const metric of metrics) this.putMetric(metric, [values[metricName] as number]);
    }
  }

  /**
   * A function URL's own metrics, where a request came over one.
   *
   * @see https://docs.aws.amazon.com/lambda/latest/dg/urls-monitoring.html
   */
  putUrlMetrics({ via, functionName, status }: Pick<RequestReport, "via" | "functionName" | "status">): void {
    if (via !== "functionUrl" || functionName === undefined) return;
    this.putLambdaMetrics(functionName, undefined, {
      UrlRequestCount: 1,
      Url4xxCount: status >= 400 && status < 500 ? 1 : 0,
      Url5xxCount: status >= 500 ? 1 : 0,
    });
  }

  /** Creates an alarm, or overwrites the one of its name, as PutMetricAlarm does. */
  putAlarm(alarm: Alarm): void {
    this.#alarms.set(alarm.name, alarm);
  }

  deleteAlarm(name: string): void {
    this.#alarms.delete(name);
    this.#states.delete(name);
  }

  /** The alarms by name, as they are now. */
  describeAlarms(): EvaluatedAlarm[] {
    return [...this.#alarms.values()]
      .sort((a, b) => (a.name < b.name ? -1 : 1))
      .map((alarm) => {
        const before = this.#states.get(alarm.name)?.value;
        const state = evaluateAlarm(alarm, this.#metrics, this.#now(), before);
        this.#states.set(alarm.name, state);
        return { ...alarm, state };
      });
  }
}

/** A metric of Lambda's: of the function, and of the version or alias that was called. */
function lambdaMetrics(metricName: string, FunctionName: string, Resource: string): readonly Metric[] {
  const metric = { namespace: "AWS/Lambda", metricName };
  return [
    { ...metric, dimensions: { FunctionName } },
    { ...metric, dimensions: { FunctionName, Resource } },
  ];
}
