/** Fields of a log line, in addition to its level and time. */
export type LogFields = Readonly<Record<string, unknown>>;

/**
 * Writes one JSON object as one line with one write. It does not use `console`, whose output Lambda wraps. Errors are
 * written with name, message, stack and causes.
 */
export function log(level: "info" | "warn" | "error", fields: LogFields): void {
  const head = { level, time: new Date().toISOString() };
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
