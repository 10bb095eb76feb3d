import { conditionFault } from "./conditionOperators";
import type { PolicyDocument } from "./policyDocument";
import { isObject, listOf, parseJson, readPolicy } from "./readPolicy";

/**
 * Who a policy is attached to decides what its statements say: an identity's names resources and never principals, a
 * resource's names principals, a role's trust policy names principals and no resources.
 */
export type PolicyType = "identity" | "resource" | "trust";

/** @throws Error  What IAM would reject, or what the local cloud cannot evaluate: ignoring that could allow too much. */
export function parsePolicy(policy: unknown, type: PolicyType): PolicyDocument {
  const document = typeof policy === "string" ? parseJson(policy) : policy;
  if (!isObject(document)) throw malformed("the policy is not a JSON object");
  rejectUnknown("the policy", document, ["Version", "Id", "Statement"]);
  const { Version } = document;
  if (Version !== undefined && Version !== "2012-10-17" && Version !== "2008-10-17") {
    throw malformed(
      `the policy's \`Version\` is ${JSON.stringify(Version)}; IAM takes 2012-10-17 and 2008-10-17`,
    );
  }
  const statements = listOf(document.Statement);
  if (statements.length === 0) throw malformed("the policy has no `Statement`");
  for (const statement of statements) checkStatement(statement, type);
  const { statements: parsed, version } = readPolicy(document);
  const sids = parsed.flatMap(({ sid }) => sid ?? []);
  const twice = sids.find((sid, index) => sids.indexOf(sid) !== index);
  if (twice !== undefined) throw malformed(`the policy has two statements with the \`Sid\` "${twice}"`);
  return { version, statements: parsed };
}

const ELEMENTS = [
  "Sid",
  "Effect",
  "Action",
  "NotAction",
  "Resource",
  "NotResource",
  "Principal",
  "NotPrincipal",
  "Condition",
];

function checkStatement(statement: unknown, type: PolicyType): void {
  if (!isObject(statement)) throw malformed("a statement of the policy is not a JSON object");
  rejectUnknown("a statement of the policy", statement, ELEMENTS);
  const { Effect, Action, NotAction, Resource, NotResource, Principal, NotPrincipal } = statement;
  if (Effect !== "Allow" && Effect !== "Deny") {
    throw malformed("a statement of the policy has no `Effect`, `Allow` or `Deny`");
  }
  checkOneOf(statement, "Action", "NotAction");
  for (const action of [...checkStrings("Action", Action), ...checkStrings("NotAction", NotAction)]) {
    if (!/^(\*|[a-z0-9-]+:.+)$/i.test(action)) {
      throw malformed(`the policy's action "${action}" does not begin with a service, as in s3:GetObject`);
    }
  }
  for (const resource of [
    ...checkStrings("Resource", Resource),
    ...checkStrings("NotResource", NotResource),
  ]) {
    if (!/^(\*|arn:.*)$/s.test(resource)) {
      throw malformed(`the policy's resource "${resource}" is neither an ARN nor "*"`);
    }
  }
  if (type !== "trust" && (type === "identity" || (Resource ?? NotResource) !== undefined)) {
    checkOneOf(statement, "Resource", "NotResource");
  } else if ((Resource ?? NotResource) !== undefined) {
    throw malformed("a trust policy has a statement with a `Resource`, which is the role itself");
  }
  checkPrincipals(statement, type);
  if (NotPrincipal !== undefined && Effect === "Allow") {
    throw malformed("`NotPrincipal` goes with `Deny` only: list who is allowed as `Principal`");
  }
  for (const value of [Principal, NotPrincipal]) {
    if (isObject(value)) for (const ids of Object.values(value)) checkStrings("Principal", ids);
  }
  checkConditions(statement.Condition);
}

function checkPrincipals(statement: Readonly<Record<string, unknown>>, type: PolicyType): void {
  const { Principal, NotPrincipal } = statement;
  if (type === "identity") {
    if ((Principal ?? NotPrincipal) === undefined) return;
    throw malformed(
      "a policy of an identity has a statement with a `Principal`, which is whose the policy is",
    );
  }
  checkOneOf(statement, "Principal", "NotPrincipal");
  const wrong = [Principal, NotPrincipal].find((one) => one !== undefined && one !== "*" && !isObject(one));
  if (wrong !== undefined) throw malformed('`Principal` is "*" or an object by type, as {"AWS": "arn:…"}');
}

function checkConditions(condition: unknown): void {
  if (condition === undefined) return;
  if (!isObject(condition)) throw malformed("`Condition` is an object by operator");
  for (const [operator, keys] of Object.entries(condition)) {
    if (!isObject(keys)) throw malformed(`\`Condition.${operator}\` is an object by condition key`);
    for (const [key, values] of Object.entries(keys)) {
      const strings = listOf(values).map(textOf);
      if (strings.includes(undefined))
        throw malformed(`\`Condition.${operator}.${key}\` is a string or a list of strings`);
      const fault = conditionFault(operator, strings.map(String));
      if (fault !== undefined) throw malformed(fault);
    }
  }
}

/** JSON may hold true or 5 where IAM means "true" or "5". */
function textOf(value: unknown): string | undefined {
  return ["string", "boolean", "number"].includes(typeof value) ? String(value) : undefined;
}

function checkOneOf(statement: Readonly<Record<string, unknown>>, name: string, opposite: string): void {
  const given = [name, opposite].filter((one) => listOf(statement[one]).length > 0);
  if (given.length === 1) return;
  throw malformed(
    `a statement of the policy has ${given.length === 0 ? "neither" : "both"} \`${name}\` ${given.length === 0 ? "nor" : "and"} \`${opposite}\``,
  );
}

function checkStrings(name: string, value: unknown): readonly string[] {
  return listOf(value).map((one) => {
    if (typeof one !== "string") throw malformed(`\`${name}\` is a string or a list of strings`);
    return one;
  });
}

function rejectUnknown(what: string, of: object, known: readonly string[]): void {
  const unknown = Object.keys(of).find((name) => !known.includes(name));
  if (unknown !== undefined)
    throw malformed(`${what} has an element \`${unknown}\`, which IAM does not know`);
}

function malformed(message: string): Error {
  return new Error(`${message} (MalformedPolicyDocument)`);
}
