/** Fields of a log line beyond its level and time. */
export type LogFields = Readonly<Record<string, unknown>>;

/**
 * Writes one JSON object as one line in one write. Not `console`: Lambda wraps what that prints.
 * Errors are written with name, message, stack and causes.
 */
export function log(level: "info" | "warn" | "error", fields: LogFields): void {
  process.stdout.write(
    `${JSON.stringify({ level, time: new Date().toISOString(), ...fields }, (_key, value) => describeErrors(value))}\n`,
  );
}

function describeErrors(value: unknown): unknown {
  if (typeof value === "bigint") return value.toString();
  if (!(value instanceof Error)) return value;
  return { name: value.name, message: value.message, stack: value.stack, cause: value.cause };
}
