import { matchesWildcard } from "@paddock/local/iam";

/** A violation that a stack takes on purpose: in `Pulumi.<stack>.yaml`, `<project>:policyExceptions`. */
export interface Exception {
  /** Name of the rule. */
  readonly rule: string;
  /** Logical name of the resource; `*` matches any characters, `?` one. */
  readonly resource: string;
  readonly reason: string;
  /** Last day it holds, `YYYY-MM-DD`. */
  readonly expires: string;
}

/** The exceptions of a stack, and what is wrong with how they are written. */
export interface StackExceptions {
  readonly exceptions: readonly Exception[];
  readonly mistakes: readonly string[];
}

/** Reads a list of exceptions. @param key  Its name in the stack's configuration, for messages. */
export function parseExceptions(list: unknown, key: string): StackExceptions {
  if (!Array.isArray(list)) return { exceptions: [], mistakes: [`\`${key}\` is not a list`] };
  const entries = list.map(readException);
  return {
    exceptions: entries.filter((entry) => typeof entry !== "string"),
    mistakes: entries.flatMap((entry, index) =>
      typeof entry === "string" ? [`\`${key}[${index}]\` ${entry}`] : [],
    ),
  };
}

/** Whether an exception is for this rule and resource, whatever its date. */
export function covers(exception: Exception, rule: string, resource: string): boolean {
  return exception.rule === rule && matchesWildcard(exception.resource, resource);
}

/** @param today  `YYYY-MM-DD`. */
export function isExpired(exception: Exception, today: string): boolean {
  return exception.expires < today;
}

/** The exception for a rule and resource: one that holds before one that ended. */
export function exceptionFor(
  exceptions: readonly Exception[],
  rule: string,
  resource: string,
  today: string,
): Exception | undefined {
  const covering = exceptions.filter((one) => covers(one, rule, resource));
  return covering.find((one) => !isExpired(one, today)) ?? covering[0];
}

/** Reads one entry, or says what is wrong with it. */
function readException(entry: unknown): Exception | string {
  const fields: Readonly<Record<string, unknown>> = typeof entry === "object" ? { ...entry } : {};
  const { rule, resource, reason, expires } = fields;
  if (!isFilled(rule)) return "has no `rule`";
  if (!isFilled(resource)) return "has no `resource`";
  if (!isFilled(reason)) return "has no `reason`";
  if (!isFilled(expires)) return "has no `expires`";
  return isDay(expires)
    ? { rule, resource, reason, expires }
    : `has \`expires: ${expires}\`, which is not a date of the form "2027-12-31"`;
}

function isFilled(value: unknown): value is string {
  return typeof value === "string" && value.trim() !== "";
}

/** Date takes the 30th of February, too, for the 2nd of March. */
function isDay(text: string): boolean {
  const time = /^\d{4}-\d{2}-\d{2}$/.test(text) ? Date.parse(text) : Number.NaN;
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(text);
}
