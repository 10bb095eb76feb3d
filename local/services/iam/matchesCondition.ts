import { readOperator, type Test } from "./conditionOperators";
import { type Context, isMultivalued, valuesOf } from "./context";
import { patternOf } from "./matchesWildcard";
import type { Condition } from "./policyDocument";
import { expandVariables } from "./policyVariables";

/**
 * Whether a condition holds. One value asked for has to match, or with a negated operator none of them may. A key that
 * the request does not have fails all but negated operators, `…IfExists`, `ForAllValues` and `Null`.
 *
 * @param hasVariables  Whether the policy's version has policy variables.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-single-vs-multi-valued-context-keys.html
 */
export function matchesCondition(
  { operator, key, values: wanted }: Condition,
  context: Context,
  hasVariables: boolean,
): boolean {
  const read = readOperator(operator);
  if (read === undefined) return false;
  const { test, isNegated, set, ifExists } = read;
  const given = valuesOf(context, key);
  if (test === undefined)
    return wanted.some((one) => (one.toLowerCase() === "true") === (given.length === 0));
  // An empty text is no value in a set.
  const values = set !== undefined && given.length === 1 && given[0] === "" ? [] : given;
  const matches = values.map((value) => isOneOf(value, wanted, test, hasVariables, context) !== isNegated);
  if (set !== undefined) return set === "ForAllValues" ? matches.every(Boolean) : matches.some(Boolean);
  const [first] = matches;
  if (first === undefined) return ifExists || isNegated;
  // Several values need an operator that says how they are taken.
  return first && !isMultivalued(context, key);
}

function isOneOf(
  value: string,
  wanted: readonly string[],
  test: Test,
  hasVariables: boolean,
  context: Context,
): boolean {
  return wanted.some((text) => {
    const pattern = hasVariables && test.hasVariables ? expandVariables(text, context) : patternOf(text);
    return pattern !== undefined && test.matches(value, pattern);
  });
}
