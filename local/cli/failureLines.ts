import type { InvocationReport } from "../services/lambda/invocation";

/** Lines of one error at most: a stack's beginning says where. */
const MAX_LINES = 12;
const MAX_LENGTH = 500;

/**
 * Explains a function's failure, for below its request's line: the error that failed it, else what it logged as errors.
 * The frames of Lambda's own runtime are left out.
 */
export function failureLines({ error, loggedErrors }: InvocationReport): string[] {
  const errors = error
    ? [error.trace.length > 0 ? error.trace : [`${error.errorType}: ${error.errorMessage}`]]
    : loggedErrors.map(linesOf);
  return errors.flatMap((lines) => {
    const end = lines.findIndex((line) => /[\\/]runtime[\\/][0-9a-f]{16}[\\/]index\.js/.test(line));
    return lines
      .slice(0, end < 0 ? lines.length : end)
      .filter((line) => !/^\s+at .*\(?node:internal\//.test(line))
      .slice(0, MAX_LINES)
      .map((line) => `    ${line.replaceAll(`${process.cwd()}/`, "").slice(0, MAX_LENGTH)}`);
  });
}

/** The stack that a logged error has, else the line itself. */
function linesOf(line: string): readonly string[] {
  try {
    const { error, cause, message } = JSON.parse(line);
    const stack = error?.stack ?? cause?.stack ?? error?.stackTrace?.join("\n") ?? error ?? message;
    if (typeof stack === "string") return stack.split("\n");
  } catch {
    // Text, in which Lambda's console writes line breaks as carriage returns.
  }
  return line.split("\r");
}
