import type { Verdict } from "./runRule";

/** A verdict in words: what is, what may be, what to do, and the exception that was made. */
export function verdictMessage({ found, allowed, rule, exception, outcome }: Verdict): string {
  const message = `${found}; allowed: ${allowed}. ${rule.cure}`;
  if (exception === undefined) return message;
  return outcome === "excepted"
    ? `Excepted until ${exception.expires} (${exception.reason}): ${message}`
    : `${message} Its exception ended on ${exception.expires} (${exception.reason}).`;
}
