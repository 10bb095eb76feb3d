import { type Context, matchesCondition } from "./matchesCondition";
import { matchesWildcard } from "./matchesWildcard";
import type { PolicyDocument, Principals, Statement } from "./policyDocument";

/** IAM's own words: nothing said is `implicitDeny`, and an `explicitDeny` anywhere wins. */
export type Decision = "allowed" | "explicitDeny" | "implicitDeny";

export interface AccessRequest {
  /** ARN of a role or of an account's root user, a service (`s3.amazonaws.com`), or `*` for an anonymous caller. */
  readonly principal: string;
  /** `s3:GetObject` */
  readonly action: string;
  /** ARN; `*` where the action has none. */
  readonly resource: string;
  readonly context?: Context;
}

/**
 * What policies say of a request. Statements with a `Principal` (resource policies) count for that principal only,
 * statements without (identity policies) for the one they are attached to, which the caller has chosen.
 */
export function evaluatePolicy(policies: readonly PolicyDocument[], request: AccessRequest): Decision {
  const matching = policies.flatMap((policy) => policy.statements).filter((one) => applies(one, request));
  if (matching.some((statement) => statement.effect === "Deny")) return "explicitDeny";
  return matching.length > 0 ? "allowed" : "implicitDeny";
}

function applies(
  statement: Statement,
  { principal, action, resource, context = {} }: AccessRequest,
): boolean {
  const isAction = (pattern: string) => matchesWildcard(pattern.toLowerCase(), action.toLowerCase());
  const isResource = (pattern: string) => matchesWildcard(pattern, resource);
  return (
    (statement.action?.some(isAction) ?? true) &&
    !statement.notAction?.some(isAction) &&
    (statement.resource?.some(isResource) ?? true) &&
    !statement.notResource?.some(isResource) &&
    (statement.principal === undefined || names(statement.principal, principal, statement.effect)) &&
    (statement.notPrincipal === undefined || !names(statement.notPrincipal, principal, "Deny")) &&
    matchesCondition(statement.condition, context)
  );
}

/**
 * An account (its number or its root user's ARN) stands for everybody in it, but to allow something it only
 * lets the account's own policies decide, so by itself it grants to the root user alone.
 */
function names(principals: Principals, principal: string, effect: Statement["effect"]): boolean {
  if (principals === "*") return true;
  if (principal.endsWith(".amazonaws.com")) return principals.Service?.includes(principal) ?? false;
  const account = principal.split(":")[4];
  const root = `arn:aws:iam::${account}:root`;
  return (principals.AWS ?? []).some((one) => {
    if (one === "*" || one === principal) return true;
    return (one === account || one === root) && (effect === "Deny" || principal === root);
  });
}
