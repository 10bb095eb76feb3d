import { type BaseIssue, type GenericSchema, getDotPath, type InferOutput, safeParse } from "valibot";
import { BadRequest, type FieldError } from "./errors";

/**
 * Checks a request against its schema.
 *
 * @throws BadRequest  With every problem at once; the message names the fields.
 */
export function validate<S extends GenericSchema>(schema: S, value: unknown): InferOutput<S> {
  const result = safeParse(schema, value);
  if (result.success) return result.output;
  const errors = result.issues.map(fieldError);
  const message = errors.map(({ path, message }) => (path ? `${path} ${message}` : message)).join("; ");
  throw new BadRequest(message, { errors });
}

function fieldError(issue: BaseIssue<unknown>): FieldError {
  const missing = issue.kind === "schema" && issue.input === undefined;
  return { path: getDotPath(issue) ?? "", message: missing ? "is required" : issue.message };
}
