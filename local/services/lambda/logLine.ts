const LEVELS = ["TRACE", "DEBUG", "INFO", "WARN", "ERROR", "FATAL"];

/** A line that says of itself that it is an error, in JSON or as Lambda's console writes it. */
const ERROR_LINE = /"level":"(?:error|fatal)"|\t(?:ERROR|FATAL)\t/i;

/** Metrics are written at the level that is never dropped; what such a line says of itself is then its severity. */
const SEVERITY = /"severity":"(\w+)"/;

export function isErrorLine(line: string): boolean {
  const [, severity] = SEVERITY.exec(line) ?? [];
  return severity === undefined ? ERROR_LINE.test(line) : /^(?:error|fatal)$/i.test(severity);
}

/**
 * Whether Lambda drops a line that a function wrote to standard output or error: one of JSON below the function's log level.
 * Without a timestamp or a level that Lambda knows it counts as INFO.
 *
 * @param level  The function's `applicationLogLevel`; text has none, and is never dropped.
 * @see https://docs.aws.amazon.com/lambda/latest/dg/monitoring-cloudwatchlogs-log-level.html
 */
export function isBelowLevel(line: string, level: string): boolean {
  const lowest = LEVELS.indexOf(level);
  if (lowest <= 0 || !line.startsWith("{")) return false;
  let fields: { readonly level?: unknown; readonly timestamp?: unknown };
  try {
    fields = JSON.parse(line);
  } catch {
    return false;
  }
  const found = LEVELS.indexOf(String(fields.level).toUpperCase());
  const isTimed = typeof fields.timestamp === "string" && !Number.isNaN(Date.parse(fields.timestamp));
  return (found < 0 || !isTimed ? LEVELS.indexOf("INFO") : found) < lowest;
}
