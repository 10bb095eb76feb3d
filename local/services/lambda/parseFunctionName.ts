import { UNKNOWN, type Unknown } from "../../resources/value";
import { type Violation, validationException } from "./violation";

/** AWS's own pattern, but for functions of Lambda Managed Instances. */
const PATTERN =
  "(arn:(aws[a-zA-Z-]*)?:lambda:)?((eusc-)?[a-z]{2}((-gov)|(-iso([a-z]?)))?-[a-z]+-\\d{1}:)?(\\d{12}:)?(function:)?([a-zA-Z0-9-_\\.]+)(:(\\$LATEST(\\.PUBLISHED)?|[a-zA-Z0-9-_]+))?";

const FORM =
  /^(?:arn:aws[a-zA-Z-]*:lambda:)?(?:(?<region>(?:eusc-)?[a-z]{2}(?:-gov|-iso[a-z]?)?-[a-z]+-\d):)?(?:\d{12}:)?(?:function:)?(?<functionName>[a-zA-Z0-9-_.]+)(?::(?<qualifier>\$LATEST|[a-zA-Z0-9-_]+))?$/;

export interface FunctionName {
  readonly functionName: string;
  readonly qualifier?: string;
  /** Only in a whole ARN. */
  readonly region?: string;
}

/** Takes a function's name, partial or whole ARN apart; a qualifier may be part of either. @throws AwsError */
export function parseFunctionName(nameOrArn: string): FunctionName {
  const { functionName, qualifier, region } = FORM.exec(nameOrArn)?.groups ?? {};
  if (functionName === undefined) throw validationException(violation(nameOrArn));
  return {
    functionName,
    ...(qualifier !== undefined && { qualifier }),
    ...(region !== undefined && { region }),
  };
}

/** A function's name as callers write it with a qualifier: `iris:live`. */
export function qualifiedName(functionName: string, qualifier: string | undefined): string {
  return qualifier === undefined ? functionName : `${functionName}:${qualifier}`;
}

/** Explains a name or ARN that is not valid. */
export function functionNameViolation(nameOrArn: string): Violation | undefined {
  return FORM.test(nameOrArn) ? undefined : violation(nameOrArn);
}

function violation(nameOrArn: string): Violation {
  const constraint = `satisfy regular expression pattern: ${PATTERN}`;
  return { member: "functionName", value: nameOrArn, constraint };
}

/** The function's name in a name or ARN that may be unknown, as in a preview. */
export function functionNameOf(nameOrArn: string | Unknown): string | Unknown {
  return nameOrArn === UNKNOWN ? UNKNOWN : parseFunctionName(nameOrArn).functionName;
}

/** Whether a physical name is that of a logical one, to which Pulumi adds seven digits. */
export function isNamed(functionName: string, logicalName: string | undefined): boolean {
  return functionName.replace(/-[0-9a-f]{7}$/, "") === logicalName;
}
