import { errorPayload } from "./errorPayload";

const LEVELS = ["TRACE", "DEBUG", "INFO", "WARN", "ERROR", "FATAL"];

/** The log, in which the runtime says whose request the lines belong to, and writes its own. */
export interface RuntimeLog {
  requestId: string | undefined;
  error(message: string, error: unknown): void;
}

/**
 * Makes `console.*` write as on Lambda: tab-separated with time, request id and level, or JSON lines, from
 * `AWS_LAMBDA_LOG_LEVEL` up. `process.stdout.write` stays as it is.
 */
export function patchConsole(env: NodeJS.ProcessEnv): RuntimeLog {
  const json = env.AWS_LAMBDA_LOG_FORMAT === "JSON";
  const threshold = json ? LEVELS.indexOf(env.AWS_LAMBDA_LOG_LEVEL ?? "TRACE") : 0;
  const log: RuntimeLog = {
    requestId: undefined,
    error: (message, error) => write("ERROR", [message, error]),
  };

  function write(level: string, values: unknown[]): void {
    if (LEVELS.indexOf(level) < threshold) return;
    const line = json ? jsonLine(level, values) : textLine(level, values);
    process.stdout.write(`${line}\n`);
  }

  function textLine(level: string, values: unknown[]): string {
    // One event a line: Lambda's own runtime writes the line breaks within a message as carriage returns.
    const message = format(values).replace(/\n/g, "\r");
    return `${new Date().toISOString()}\t${log.requestId}\t${level}\t${message}`;
  }

  function jsonLine(level: string, values: unknown[]): string {
    const only = values.length === 1 && typeof values[0] === "object" && !(values[0] instanceof Error);
    const error = values.find((value) => value instanceof Error);
    return JSON.stringify({
      timestamp: new Date().toISOString(),
      level,
      ...(log.requestId !== undefined && { requestId: log.requestId }),
      message: only ? values[0] : format(values),
      ...(error !== undefined && described(error)),
    });
  }

  for (const [method, level] of [
    ["trace", "TRACE"],
    ["debug", "DEBUG"],
    ["log", "INFO"],
    ["info", "INFO"],
    ["warn", "WARN"],
    ["error", "ERROR"],
  ] as const) {
    console[method] = (...values: unknown[]) => write(level, values);
  }
  return log;
}

/** Loaded with the first line: a handler that never calls `console` never pays for it. */
function format(values: unknown[]): string {
  return (require("node:util") as typeof import("node:util")).format(
    ...values.map((value) => (value instanceof Error ? JSON.stringify(described(value)) : value)),
  );
}

function described(error: Error) {
  const { errorType, errorMessage, trace } = errorPayload(error);
  return { errorType, errorMessage, stackTrace: trace };
}
