import { type BaseIssue, type GenericSchema, getDotPath, type InferOutput, safeParse } from "valibot";
import { BadRequest, type FieldError } from "./errors";

/** Problems that an error's message names. */
const MAX_NAMED = 20;

/** Values of a request of which all problems are named; of a larger one only the first. */
const MAX_VALUES = 20_000;

/**
 * Checks a request against its schema.
 *
 * @throws BadRequest  Lists all problems, at most 20; the message names the fields.
 */
export function validate<S extends GenericSchema>(schema: S, value: unknown): InferOutput<S> {
  const first = safeParse(schema, value, { abortEarly: true });
  if (first.success) return first.output;
  const result = hasManyValues(value) ? first : safeParse(schema, value);
  if (result.success) return result.output;
  const errors = result.issues.slice(0, MAX_NAMED).map(fieldError);
  const more = result.issues.length - errors.length;
  const named = errors.map(({ path, message }) => (path ? `${path} ${message}` : message));
  throw new BadRequest([...named, ...(more > 0 ? [`and ${more} more`] : [])].join("; "), { errors });
}

/** Whether so many values may be wrong that to gather all problems would take hundreds of MB. */
function hasManyValues(value: unknown): boolean {
  let left = MAX_VALUES;
  const visit = (each: unknown): void => {
    if (typeof each !== "object" || each === null || left < 0) return;
    const members = Array.isArray(each) ? each : Object.values(each);
    left -= members.length;
    for (const member of members) visit(member);
  };
  visit(value);
  return left < 0;
}

function fieldError(issue: BaseIssue<unknown>): FieldError {
  const missing = issue.kind === "schema" && issue.input === undefined;
  return { path: getDotPath(issue) ?? "", message: missing ? "is required" : issue.message };
}
