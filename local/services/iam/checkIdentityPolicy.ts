import type { Value } from "../../resources/value";
import { checkPolicyDocument } from "./checkPolicyDocument";
import { documentText } from "./documentText";

/** As {@link checkPolicyDocument}, for a policy of a role: it says what may be done to which resources, and never by whom. */
export function checkIdentityPolicy(policy: Value): void {
  checkPolicyDocument(policy);
  const text = documentText(policy);
  if (typeof text !== "string") return;
  for (const { Resource, NotResource, Principal, NotPrincipal } of [JSON.parse(text).Statement].flat()) {
    if ((Principal ?? NotPrincipal) !== undefined) {
      throw new Error(
        "`policy` has a statement with a `Principal`, which is whose the policy is (MalformedPolicyDocument)",
      );
    }
    if ((Resource ?? NotResource) === undefined) {
      throw new Error("`policy` has a statement without `Resource` (MalformedPolicyDocument)");
    }
  }
}
