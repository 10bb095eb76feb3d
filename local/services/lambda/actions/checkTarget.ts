import { functionNameViolation } from "../parseFunctionName";
import { type Violation, validationException } from "../violation";
import type { Action } from "./action";

/** Versions and aliases, in AWS's notation. */
const QUALIFIER = { pattern: /^[a-zA-Z0-9$_-]+$/, words: "\\$(LATEST(\\.PUBLISHED)?)|[a-zA-Z0-9-_$]+" };
/** Aliases only. */
const ALIAS = { pattern: /^(?!\d+$)[a-zA-Z0-9_-]+$/, words: "((?!^\\d+$)^[0-9a-zA-Z-_]+$)" };
const MAX_QUALIFIER = 128;

/** @throws AwsError  A name or qualifier that no function can have; both of them in one error. */
export function checkTarget(action: Action, nameOrArn: string, qualifier: string | undefined): void {
  const violations = [
    qualifierViolation(qualifier, action.ofAlias ? ALIAS : QUALIFIER),
    nameOrArn === "" ? undefined : functionNameViolation(nameOrArn),
  ].filter((violation) => violation !== undefined);
  if (violations.length > 0) throw validationException(...violations);
}

function qualifierViolation(
  qualifier: string | undefined,
  { pattern, words }: typeof QUALIFIER,
): Violation | undefined {
  if (qualifier === undefined) return undefined;
  const violated = (constraint: string) => ({ member: "qualifier", value: qualifier, constraint }) as const;
  if (qualifier.length > MAX_QUALIFIER) return violated(`have length less than or equal to ${MAX_QUALIFIER}`);
  return pattern.test(qualifier) ? undefined : violated(`satisfy regular expression pattern: ${words}`);
}
