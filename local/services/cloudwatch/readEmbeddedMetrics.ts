import type { Metric } from "./metricStore";

/**
 * Reads the metrics of a log line in CloudWatch's embedded metric format; a line that has none is left alone, as
 * CloudWatch does.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch_Embedded_Metric_Format_Specification.html
 */
export function* readEmbeddedMetrics(line: string): Generator<{ metric: Metric; values: number[] }> {
  if (!line.startsWith("{") || !line.includes('"_aws"')) return;
  let fields: Record<string, unknown>;
  try {
    fields = JSON.parse(line);
  } catch {
    return;
  }
  for (const directive of listOf(fields._aws, "CloudWatchMetrics")) {
    const namespace = memberOf(directive, "Namespace");
    if (typeof namespace !== "string") continue;
    for (const names of listOf(directive, "Dimensions")) {
      const dimensions = Object.fromEntries(
        (Array.isArray(names) ? names : []).map((name) => [
          String(name),
          String(memberOf(fields, String(name))),
        ]),
      );
      for (const definition of listOf(directive, "Metrics")) {
        const metricName = memberOf(definition, "Name");
        if (typeof metricName !== "string") continue;
        const values = [memberOf(fields, metricName)].flat().filter((value) => typeof value === "number");
        if (values.length > 0) yield { metric: { namespace, metricName, dimensions }, values };
      }
    }
  }
}

function memberOf(value: unknown, name: string): unknown {
  if (typeof value !== "object" || value === null || !Object.hasOwn(value, name)) return undefined;
  return (value as Record<string, unknown>)[name];
}

function listOf(value: unknown, name: string): readonly unknown[] {
  const list = memberOf(value, name);
  return Array.isArray(list) ? list : [];
}
