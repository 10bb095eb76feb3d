/** Fields of a log line beyond its level and time. */
export type LogFields = Readonly<Record<string, unknown>>;

/**
 * Writes one JSON object as one line in one write. Not `console`: Lambda wraps what that prints.
 * Errors are written with name, message, stack and causes.
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

/** Stands in for an error that leads back to itself: a log line must not fail the request it tells of. */
function unwritable({ error, cause }: LogFields): LogFields {
  return { error: String(error), cause: cause === undefined ? undefined : String(cause) };
}

function describeErrors(value: unknown): unknown {
  if (typeof value === "bigint") return value.toString();
  if (!(value instanceof Error)) return value;
  return { name: value.name, message: value.message, stack: value.stack, cause: value.cause };
}
