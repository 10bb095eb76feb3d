import { writeLine } from "./writeLine";

/** Fields of a log line, in addition to its level, severity and timestamp. */
export type LogFields = Readonly<Record<string, unknown>>;
export type Severity = "info" | "warn" | "error";

/**
 * Writes one JSON object, made of all parts, as one line with one write. It does not use `console`, whose output Lambda
 * wraps. Errors are written with name, message, stack and causes.
 *
 * Lambda drops lines below the function's log level, and takes a line without a `timestamp` for INFO. A line with metrics
 * has the highest `level`, which is never dropped: alarms on them would go quiet. `severity` says how bad it is:
 * https://docs.aws.amazon.com/lambda/latest/dg/monitoring-cloudwatchlogs-log-level.html
 */
export function log(severity: Severity, ...parts: readonly LogFields[]): void {
  const level = parts.some((part) => "_aws" in part) ? "fatal" : severity;
  const head = { level, severity, timestamp: new Date().toISOString() };
  // Spread, the parts would take several times as long.
  const line: LogFields = Object.assign(head, ...parts);
  writeLine(lineOf(line) ?? lineOf({ ...line, ...unwritable(line) }) ?? "");
}

function lineOf(fields: LogFields): string | undefined {
  try {
    return JSON.stringify(fields, mayHoldErrors(fields) ? (_key, value) => describeErrors(value) : undefined);
  } catch {
    return undefined;
  }
}

/** Most lines hold none, and looking at each value takes `JSON.stringify` as long as writing it. */
function mayHoldErrors(fields: LogFields): boolean {
  for (const name in fields) {
    const kind = typeof fields[name];
    if ((kind === "object" || kind === "bigint") && name !== "_aws") return true;
  }
  return false;
}

/** Replaces an error that contains itself: a log line must not fail the request that it describes. */
function unwritable({ error, cause }: LogFields): LogFields {
  return { error: String(error), cause: cause === undefined ? undefined : String(cause) };
}

function describeErrors(value: unknown): unknown {
  if (typeof value === "bigint") return value.toString();
  if (!(value instanceof Error)) return value;
  return { name: value.name, message: value.message, stack: value.stack, cause: value.cause };
}
