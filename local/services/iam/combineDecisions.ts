import type { Decision } from "./evaluatePolicy";

/** Within one account an identity policy or a resource policy may allow; a denial of either holds. */
export function combineDecisions(...decisions: readonly Decision[]): Decision {
  if (decisions.includes("explicitDeny")) return "explicitDeny";
  return decisions.includes("allowed") ? "allowed" : "implicitDeny";
}
