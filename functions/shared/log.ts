/** Fields of a log line, in addition to its level, severity and timestamp. */
export type LogFields = Readonly<Record<string, unknown>>;
export type Severity = "info" | "warn" | "error";

/**
 * Writes one JSON object as one line with one write. It does not use `console`, whose output Lambda wraps. Errors are
 * written with name, message, stack and causes.
 *
 * Lambda drops lines below the function's log level, and takes a line without a `timestamp` for INFO. A line with metrics
 * has the highest `level`, which is never dropped: alarms on them would go quiet. `severity` says how bad it is:
 * https://docs.aws.amazon.com/lambda/latest/dg/monitoring-cloudwatchlogs-log-level.html
 */
export function log(severity: Severity, fields: LogFields): void {
  const level = Object.hasOwn(fields, "_aws") ? "fatal" : severity;
  const head = { level, severity, timestamp: new Date().toISOString() };
  process.stdout.write(
    `${lineOf({ ...head, ...fields }) ?? lineOf({ ...head, ...fields, ...unwritable(fields) })}\n`,
  );
}

function lineOf(fields: LogFields): string | undefined {
  try {
    return JSON.stringify(fields, (_key, value) => describeErrors(value));
  } catch {
    return undefined;
  }
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
