import type { Decision } from "./evaluatePolicy";

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
