import { isConditionOperator } from "./matchesCondition";
import type { PolicyDocument, Principals, Statement } from "./policyDocument";

/**
 * Reads a policy, JSON text or the object it stands for.
 * @throws Error where IAM would refuse it, or where it holds what the local cloud cannot evaluate: ignoring that would allow too much.
 */
export function parsePolicy(policy: unknown): PolicyDocument {
  const document = typeof policy === "string" ? parseJson(policy) : policy;
  if (!isRecord(document) || document.Statement === undefined) {
    throw new Error("A policy is a JSON object with a `Statement`.");
  }
  return { statements: [document.Statement].flat().map(parseStatement) };
}

const elements = new Set(
  "Sid Effect Action NotAction Resource NotResource Principal NotPrincipal Condition".split(" "),
);

function parseStatement(statement: unknown): Statement {
  if (!isRecord(statement)) throw new Error("A policy's statement is a JSON object.");
  const unknown = Object.keys(statement).find((name) => !elements.has(name));
  if (unknown) throw new Error(`A policy's statement has no element \`${unknown}\`.`);
  const { Sid, Effect } = statement;
  if (Effect !== "Allow" && Effect !== "Deny") throw new Error("`Effect` is `Allow` or `Deny`.");
  if ((statement.Action === undefined) === (statement.NotAction === undefined)) {
    throw new Error("A policy's statement has either `Action` or `NotAction`.");
  }
  return {
    sid: typeof Sid === "string" ? Sid : undefined,
    effect: Effect,
    action: parseList("Action", statement.Action),
    notAction: parseList("NotAction", statement.NotAction),
    resource: parseList("Resource", statement.Resource),
    notResource: parseList("NotResource", statement.NotResource),
    principal: parsePrincipals(statement.Principal),
    notPrincipal: parsePrincipals(statement.NotPrincipal),
    condition: parseCondition(statement.Condition),
  };
}

function parsePrincipals(value: unknown): Principals | undefined {
  if (value === undefined || value === "*") return value;
  if (!isRecord(value)) throw new Error('`Principal` is "*" or an object by kind, as {"AWS": "arn:…"}.');
  return Object.fromEntries(
    Object.entries(value).map(([kind, list]) => [kind, parseList("Principal", list) ?? []]),
  );
}

function parseCondition(value: unknown): Statement["condition"] {
  if (value === undefined) return undefined;
  if (!isRecord(value)) throw new Error("`Condition` is an object by operator.");
  return Object.fromEntries(
    Object.entries(value).map(([operator, keys]) => {
      if (!isConditionOperator(operator) || !isRecord(keys)) {
        throw new Error(`The local cloud cannot evaluate the condition operator \`${operator}\`.`);
      }
      const lists = Object.entries(keys).map(
        ([key, list]) => [key, parseList(`Condition.${operator}`, list) ?? []] as const,
      );
      return [operator, Object.fromEntries(lists)];
    }),
  );
}

function parseList(name: string, value: unknown): readonly string[] | undefined {
  if (value === undefined) return undefined;
  return [value].flat().map((one) => {
    // JSON may hold true or 5 where IAM means "true" or "5".
    if (typeof one === "boolean" || typeof one === "number") return String(one);
    if (typeof one !== "string") throw new Error(`\`${name}\` is a string or a list of strings.`);
    if (one.includes("${")) {
      throw new Error(`The local cloud does not know policy variables (\`${one}\`).`);
    }
    return one;
  });
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new Error("The policy is not JSON.", { cause });
  }
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
