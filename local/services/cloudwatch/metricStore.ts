/** Identifies a series of values. */
export interface Metric {
  readonly namespace: string;
  readonly metricName: string;
  readonly dimensions: Readonly<Record<string, string>>;
}

/** The values of one minute: exact, but for percentiles, which are of a random sample of this many. */
interface Minute {
  count: number;
  sum: number;
  minimum: number;
  maximum: number;
  readonly sample: number[];
}

const SAMPLE = 2000;
const MINUTE_MS = 60_000;
/** CloudWatch keeps values finer than a minute no longer. */
const KEPT_MINUTES = 180;

/** Values by metric and minute, of the last three hours. */
export class MetricStore {
  readonly #now: () => number;
  readonly #series = new Map<string, Map<number, Minute>>();

  /** @param now  ms since 1970. */
  constructor(now: () => number) {
    this.#now = now;
  }

  /** @param values  At the present time. */
  put(metric: Metric, values: readonly number[]): void {
    const key = keyOf(metric);
    let series = this.#series.get(key);
    if (series === undefined) {
      series = new Map();
      this.#series.set(key, series);
    }
    const at = Math.floor(this.#now() / MINUTE_MS);
    const minute = series.get(at) ?? newMinute(series, at);
    for (const value of values) {
      if (!Number.isFinite(value)) continue;
      minute.count += 1;
      minute.sum += value;
      minute.minimum = Math.min(minute.minimum, value);
      minute.maximum = Math.max(minute.maximum, value);
      const place = minute.count <= SAMPLE ? minute.count - 1 : Math.floor(Math.random() * minute.count);
      if (place < SAMPLE) minute.sample[place] = value;
    }
  }

  /**
   * A statistic of what a metric had from one minute to before another; `undefined` where it had nothing.
   *
   * @param stat  `Sum`, `Average`, `Minimum`, `Maximum`, `SampleCount`, or a percentile: `p99`.
   * @param from, to  ms since 1970, whole minutes.
   */
  statistic(metric: Metric, stat: string, from: number, to: number): number | undefined {
    const series = this.#series.get(keyOf(metric));
    const minutes = [...(series ?? [])]
      .filter(([at]) => at * MINUTE_MS >= from && at * MINUTE_MS < to)
      .map(([, minute]) => minute)
      .filter(({ count }) => count > 0);
    if (minutes.length === 0) return undefined;
    const sumOf = (name: "count" | "sum") => minutes.reduce((sum, minute) => sum + minute[name], 0);
    switch (stat) {
      case "Sum":
        return sumOf("sum");
      case "SampleCount":
        return sumOf("count");
      case "Average":
        return sumOf("sum") / sumOf("count");
      case "Minimum":
        return Math.min(...minutes.map(({ minimum }) => minimum));
      case "Maximum":
        return Math.max(...minutes.map(({ maximum }) => maximum));
      default:
        return percentile(
          minutes.flatMap(({ sample }) => sample),
          Number(stat.slice(1)),
        );
    }
  }
}

/** Statistics that {@link MetricStore.statistic} knows. */
export const STATISTIC = /^(?:Sum|SampleCount|Average|Minimum|Maximum|p\d{1,2}(?:\.\d{1,10})?|p100)$/;

function newMinute(series: Map<number, Minute>, at: number): Minute {
  for (const old of series.keys()) if (old < at - KEPT_MINUTES) series.delete(old);
  const minute: Minute = {
    count: 0,
    sum: 0,
    minimum: Number.POSITIVE_INFINITY,
    maximum: Number.NEGATIVE_INFINITY,
    sample: [],
  };
  series.set(at, minute);
  return minute;
}

function percentile(values: readonly number[], percent: number): number | undefined {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil((percent / 100) * sorted.length) - 1)];
}

/** Keys of metrics that are put again and again. */
const keys = new WeakMap<Metric, string>();

function keyOf(metric: Metric): string {
  const known = keys.get(metric);
  if (known !== undefined) return known;
  const { namespace, metricName, dimensions } = metric;
  const sorted = Object.entries(dimensions).sort(([a], [b]) => (a < b ? -1 : 1));
  const key = JSON.stringify([namespace, metricName, sorted]);
  keys.set(metric, key);
  return key;
}
