import { AwsError } from "../../http/awsError";

/** A parameter that breaks a constraint of Lambda's API. */
export interface Violation {
  readonly member: "functionName" | "qualifier" | "functionVersion" | "invocationType";
  readonly value: string;
  /** In AWS's words: what the member must satisfy. */
  readonly constraint: string;
}

/** The error that names all of a request's violations, as recorded. */
export function validationException(...violations: readonly Violation[]): AwsError {
  const errors = violations.length === 1 ? "1 validation error" : `${violations.length} validation errors`;
  const each = violations.map(
    ({ value, member, constraint }) =>
      `Value '${value}' at '${member}' failed to satisfy constraint: Member must ${constraint}`,
  );
  return new AwsError("ValidationException", 400, `${errors} detected: ${each.join("; ")}`);
}
