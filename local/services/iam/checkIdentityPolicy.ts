import { read } from "../../resources/read";
import type { Properties } from "../../resources/value";
import { checkPolicyDocument } from "./checkPolicyDocument";

/** As {@link checkPolicyDocument}, for a policy of a role: it says what may be done to which resources, and never by whom. */
export function checkIdentityPolicy(inputs: Properties): void {
  checkPolicyDocument(inputs);
  const text = read.text(inputs, "policy");
  if (text === undefined) return;
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
