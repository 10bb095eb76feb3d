import { UNKNOWN, type Value } from "../../resources/value";
import { documentText } from "./documentText";
import { type PolicyType, parsePolicy } from "./parsePolicy";

/** Throws for a policy that IAM would reject, or that the local cloud cannot evaluate; one that is not known yet passes. */
export function checkPolicyDocument(policy: Value, type: PolicyType): void {
  const text = documentText(policy);
  if (text !== UNKNOWN) parsePolicy(text, type);
}
