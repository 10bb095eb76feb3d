import type { Value } from "../../resources/value";
import { documentText } from "./documentText";

/** Throws for a `policy` that IAM could not read: no JSON, no statements, a statement without effect or action. */
export function checkPolicyDocument(policy: Value): void {
  const text = documentText(policy);
  if (typeof text !== "string") return;
  let document: unknown;
  try {
    document = JSON.parse(text);
  } catch {
    throw new Error("`policy` is not JSON (MalformedPolicyDocument)");
  }
  const statement = (document as { Statement?: unknown } | null)?.Statement;
  const statements = Array.isArray(statement) ? statement : statement === undefined ? [] : [statement];
  if (statements.length === 0) throw new Error("`policy` has no `Statement` (MalformedPolicyDocument)");
  for (const { Effect, Action, NotAction } of statements) {
    if ((Effect === "Allow" || Effect === "Deny") && (Action ?? NotAction) !== undefined) continue;
    throw new Error("`policy` has a statement without `Effect` or `Action` (MalformedPolicyDocument)");
  }
}
