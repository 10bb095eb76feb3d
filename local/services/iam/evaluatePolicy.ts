import type { Context } from "./context";
import { matchesCondition } from "./matchesCondition";
import {
  ANY,
  isLiteral,
  matchesArn,
  matchesPattern,
  matchesWildcard,
  patternOf,
  splitArn,
} from "./matchesWildcard";
import type { PolicyDocument, Principal, Statement } from "./policyDocument";
import { expandVariables } from "./policyVariables";

/**
 * IAM's own words: nothing said is `implicitDeny`, and an `explicitDeny` anywhere wins. `boundaryDeny` is what a role's
 * permissions boundary does not allow, whatever its policies do.
 */
export type Decision = "allowed" | "explicitDeny" | "implicitDeny" | "boundaryDeny";

export interface AccessRequest {
  /** ARN of a role or of an account's root user, a service (`s3.amazonaws.com`), or `*` for an anonymous caller. */
  readonly principal: string;
  /** ARN of a role's session, where the principal is in one. */
  readonly sessionArn?: string;
  /** `s3:GetObject` */
  readonly action: string;
  /** ARN; `*` where the action has none. */
  readonly resource: string;
  readonly context?: Context;
}

/**
 * Evaluates policies for a request. Statements with a `Principal` (resource policies) count for that principal only,
 * statements without (identity policies) for the one they are attached to, which the caller has chosen.
 */
export function evaluatePolicy(policies: readonly PolicyDocument[], request: AccessRequest): Decision {
  let decision: Decision = "implicitDeny";
  for (const { version, statements } of policies) {
    for (const statement of statements) {
      if (!applies(statement, request, version === "2012-10-17")) continue;
      if (statement.effect === "Deny") return "explicitDeny";
      decision = "allowed";
    }
  }
  return decision;
}

function applies(statement: Statement, request: AccessRequest, hasVariables: boolean): boolean {
  const { actions, notActions, resources, notResources, principals, notPrincipals, conditions } = statement;
  const { action, context = {} } = request;
  return (
    (actions.length === 0 || matchesAction(actions, action)) &&
    !matchesAction(notActions, action) &&
    (resources.length === 0 || matchesResource(resources, request, hasVariables)) &&
    !matchesResource(notResources, request, hasVariables) &&
    (principals.length === 0 || principals.some((one) => isNamed(one, request, statement.effect))) &&
    (notPrincipals.length === 0 || !isExempt(notPrincipals, request)) &&
    conditions.every((condition) => matchesCondition(condition, context, hasVariables))
  );
}

function matchesAction(patterns: readonly string[], action: string): boolean {
  return patterns.some((pattern) => matchesWildcard(pattern.toLowerCase(), action.toLowerCase()));
}

function matchesResource(
  patterns: readonly string[],
  { resource, context = {} }: AccessRequest,
  hasVariables: boolean,
): boolean {
  return patterns.some((pattern) => matchesOneResource(pattern, resource, context, hasVariables));
}

/** All six fields of an ARN. */
const WHOLE_ARN = /^(?:[^:]*:){5}/;

/** An ARN field by field; fields that the pattern leaves out at its end may be any. */
function matchesOneResource(
  text: string,
  resource: string,
  context: Context,
  hasVariables: boolean,
): boolean {
  if (isLiteral(text) && WHOLE_ARN.test(text)) return text === resource;
  const pattern = hasVariables ? expandVariables(text, context) : patternOf(text);
  if (pattern === undefined) return false;
  if (!text.startsWith("arn:")) return matchesPattern(pattern, resource);
  const missing = Array.from({ length: 6 - splitArn(pattern).length }, () => [":", ANY]);
  return matchesArn([...pattern, ...missing.flat()], resource);
}

/**
 * An account (its number or its root user's ARN) stands for everybody in it, but to allow something it only
 * lets the account's own policies decide, so by itself it grants to the root user only.
 */
function isNamed(named: Principal, request: AccessRequest, effect: string): boolean {
  if (named.type === "AWS" && named.id === "*") return true;
  if (isService(request)) return named.type === "Service" && named.id === request.principal;
  if (named.type !== "AWS") return false;
  if (named.id === request.principal || named.id === request.sessionArn) return true;
  return isAccountOf(named, request) && (effect === "Deny" || request.principal.endsWith(":root"));
}

/**
 * Whether `NotPrincipal` spares a caller, in a statement that denies: only with the caller's account beside the caller,
 * since AWS may look at the account first.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_notprincipal.html
 */
function isExempt(spared: readonly Principal[], request: AccessRequest): boolean {
  const isSpared = spared.some((named) => isNamed(named, request, "Allow"));
  return (
    isSpared &&
    (isService(request) || spared.some((named) => isEveryone(named) || isAccountOf(named, request)))
  );
}

function isAccountOf({ type, id }: Principal, { principal }: AccessRequest): boolean {
  const account = principal.split(":")[4];
  return type === "AWS" && account !== undefined && (id === account || id === `arn:aws:iam::${account}:root`);
}

const isEveryone = ({ type, id }: Principal) => type === "AWS" && id === "*";

const isService = ({ principal }: AccessRequest) => principal.endsWith(".amazonaws.com");

/**
 * Within one account an identity policy or a resource policy may allow; a denial of either holds, and what a role's
 * permissions boundary leaves out nobody else can give.
 */
export function combineDecisions(...decisions: readonly Decision[]): Decision {
  const strongest = (["explicitDeny", "boundaryDeny", "allowed"] as const).find((one) =>
    decisions.includes(one),
  );
  return strongest ?? "implicitDeny";
}
