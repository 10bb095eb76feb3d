import type { Condition, PolicyDocument, Principal, Statement } from "./policyDocument";

/**
 * Reads a policy, JSON text or the object it stands for, as far as it can be read: for rules about policies, which judge
 * what is there. What IAM would reject is for {@link import("./parsePolicy").parsePolicy} to say.
 *
 * @throws Error  Text that is not JSON.
 */
export function readPolicy(policy: unknown): PolicyDocument {
  const document = typeof policy === "string" ? parseJson(policy) : policy;
  const { Version, Statement } = isObject(document) ? document : {};
  return {
    version: typeof Version === "string" ? Version : "2008-10-17",
    statements: listOf(Statement).filter(isObject).map(readStatement),
  };
}

function readStatement(statement: Readonly<Record<string, unknown>>): Statement {
  const { Sid, Effect, Action, NotAction, Resource, NotResource, Principal, NotPrincipal, Condition } =
    statement;
  return {
    ...(Sid !== undefined && { sid: String(Sid) }),
    effect: String(Effect),
    actions: stringsOf(Action),
    notActions: stringsOf(NotAction),
    resources: stringsOf(Resource),
    notResources: stringsOf(NotResource),
    principals: readPrincipals(Principal),
    notPrincipals: readPrincipals(NotPrincipal),
    conditions: readConditions(Condition),
  };
}

function readPrincipals(value: unknown): Principal[] {
  if (!isObject(value)) return stringsOf(value).map((id) => ({ type: "AWS", id }));
  return Object.entries(value).flatMap(([type, ids]) => stringsOf(ids).map((id) => ({ type, id })));
}

function readConditions(value: unknown): Condition[] {
  if (!isObject(value)) return [];
  return Object.entries(value).flatMap(([operator, keys]) =>
    Object.entries(isObject(keys) ? keys : {}).map(([key, values]) => ({
      operator,
      key,
      values: stringsOf(values),
    })),
  );
}

/** JSON may hold true or 5 where IAM means "true" or "5". */
function stringsOf(value: unknown): string[] {
  return listOf(value).map(String);
}

/** A single value is the same as a list of it. */
export function listOf(value: unknown): readonly unknown[] {
  if (value === undefined || value === null) return [];
  return Array.isArray(value) ? value : [value];
}

export function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new Error("the policy is not JSON (MalformedPolicyDocument)", { cause });
  }
}
