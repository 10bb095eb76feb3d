/** A policy in JSON, as users write it. */
export interface Policy {
  readonly Version?: string;
  readonly Statement: readonly Statement[];
}

export interface Statement {
  readonly Effect: "Allow" | "Deny";
  readonly Action?: string | readonly string[];
  readonly NotAction?: string | readonly string[];
  readonly Resource?: string | readonly string[];
  readonly NotResource?: string | readonly string[];
  readonly Principal?: "*" | Readonly<Record<string, string | readonly string[]>>;
  readonly Condition?: Readonly<Record<string, Readonly<Record<string, string | readonly string[]>>>>;
}

export interface Request {
  readonly principal: string;
  readonly action: string;
  readonly resource: string;
  readonly context: Readonly<Record<string, string | readonly string[]>>;
}

/**
 * Decides by IAM's published rules, read a second time: it shares no line with the evaluator that it is compared with.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html
 */
export function decide(policies: readonly Policy[], request: Request): string {
  let decision = "implicitDeny";
  for (const policy of policies) {
    for (const statement of policy.Statement) {
      if (!isAbout(statement, request, policy.Version === "2012-10-17")) continue;
      if (statement.Effect === "Deny") return "explicitDeny";
      decision = "allowed";
    }
  }
  return decision;
}

function isAbout(statement: Statement, request: Request, variables: boolean): boolean {
  const { Action, NotAction, Resource, NotResource, Principal, Condition } = statement;
  const action = (pattern: string) => glob(pattern, "i").test(request.action);
  const resource = (pattern: string) =>
    resourceMatches(resolve(pattern, request, variables), request.resource);
  if (Action !== undefined && !list(Action).some(action)) return false;
  if (NotAction !== undefined && list(NotAction).some(action)) return false;
  if (Resource !== undefined && !list(Resource).some(resource)) return false;
  if (NotResource !== undefined && list(NotResource).some(resource)) return false;
  if (Principal !== undefined && !isPrincipal(Principal, statement.Effect, request.principal)) return false;
  for (const [operator, keys] of Object.entries(Condition ?? {})) {
    for (const [key, values] of Object.entries(keys)) {
      if (!holds(operator, key, list(values), request, variables)) return false;
    }
  }
  return true;
}

/** https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_resource.html */
function resourceMatches(pattern: string, resource: string): boolean {
  if (pattern === "*") return true;
  const parts = fields(pattern);
  while (parts.length < 6) parts.push("*");
  return arnMatches(parts, resource);
}

/** Wildcards stay within a field of an ARN; the sixth has what is left. */
function fields(arn: string): string[] {
  const [partition = "", service = "", region = "", account = "", last = "", ...rest] = arn.split(":");
  const all = [partition, service, region, account, last, rest.join(":")];
  return arn.split(":").length < 6 ? arn.split(":") : all;
}

function arnMatches(wanted: readonly string[], arn: string): boolean {
  const given = fields(arn);
  return (
    wanted.length === 6 &&
    given.length === 6 &&
    wanted.every((part, index) => glob(part).test(given[index] ?? ""))
  );
}

/**
 * An account in `Principal` lets that account's own policies decide; it grants by itself to the root user only. A denial
 * of it is one of everybody in it.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html
 */
function isPrincipal(named: NonNullable<Statement["Principal"]>, effect: string, caller: string): boolean {
  if (named === "*") return true;
  if (caller.endsWith(".amazonaws.com")) {
    return list(named.Service ?? []).includes(caller) || list(named.AWS ?? []).includes("*");
  }
  const account = caller.split(":")[4] ?? "none";
  return list(named.AWS ?? []).some((id) => {
    if (id === "*" || id === caller) return true;
    const isAccount = id === account || id === `arn:aws:iam::${account}:root`;
    return isAccount && (effect === "Deny" || caller === `arn:aws:iam::${account}:root`);
  });
}

/** https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html */
function holds(
  written: string,
  key: string,
  wanted: readonly string[],
  request: Request,
  variables: boolean,
): boolean {
  const given = values(request, key);
  if (written === "Null") return wanted.some((one) => one === String(given.length === 0));
  const ifExists = written.endsWith("IfExists");
  const [set, plain] =
    written
      .replace(/IfExists$/, "")
      .match(/^(?:(ForAllValues|ForAnyValue):)?(.*)$/)
      ?.slice(1) ?? [];
  const operator = plain ?? "";
  // `ForAnyValue` is false without a value, even with `IfExists`, as was observed on AWS:
  // https://repost.aws/questions/QU9HFmDzP0QGuU-fd7rS6B7w/foranyvalue-stringequalsifexists-behaving-unexpectedly
  if (given.length === 0 && ifExists) return set !== "ForAnyValue";
  const isNegated = operator.includes("Not");
  const one = (value: string) =>
    wanted.some((text) => compare(operator.replace("Not", ""), value, resolve(text, request, variables))) !==
    isNegated;
  const some = given.length === 1 && given[0] === "" ? [] : given;
  if (set === "ForAllValues") return some.every(one);
  if (set === "ForAnyValue") return some.some(one);
  return given.length === 0 ? isNegated : one(given[0] ?? "");
}

function compare(operator: string, value: string, wanted: string): boolean {
  switch (operator) {
    case "StringEquals":
      return value === literal(wanted);
    case "StringEqualsIgnoreCase":
      return value.toUpperCase() === literal(wanted).toUpperCase();
    case "StringLike":
      return glob(wanted).test(value);
    case "ArnEquals":
    case "ArnLike":
      return arnMatches(fields(wanted), value);
    case "Bool":
      return value.toUpperCase() === wanted.toUpperCase();
    case "IpAddress":
      return inRange(value, wanted);
  }
  const [, type, relation] = operator.match(/^(Numeric|Date)(.*)$/) ?? [];
  const difference =
    type === "Date" ? Date.parse(value) - Date.parse(wanted) : Number(value) - Number(wanted);
  if (relation === "Equals") return difference === 0;
  if (relation === "LessThan") return difference < 0;
  if (relation === "LessThanEquals") return difference <= 0;
  if (relation === "GreaterThan") return difference > 0;
  if (relation === "GreaterThanEquals") return difference >= 0;
  throw new Error(`No rule was read for ${operator}`);
}

function inRange(address: string, range: string): boolean {
  const number = (text: string) => text.split(".").reduce((sum, part) => sum * 256 + Number(part), 0);
  const [first = "", bits = "32"] = range.split("/");
  const size = 2 ** (32 - Number(bits));
  return Math.floor(number(address) / size) === Math.floor(number(first) / size);
}

/** Stands for a character that came from a variable, in which nothing is a wildcard. */
const ESCAPED: ReadonlyMap<string, string> = new Map([
  ["*", "\u0001"],
  ["?", "\u0002"],
]);

/** https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_variables.html */
function resolve(text: string, request: Request, variables: boolean): string {
  if (!variables) return text;
  return text.replace(/\$\{([^}]*)\}/g, (_, inner: string) => {
    const [, name = "", fallback = ""] = inner.match(/^([^,]*)(?:,\s*'(.*)')?$/) ?? [];
    const value = ["*", "?", "$"].includes(inner) ? inner : (values(request, name.trim())[0] ?? fallback);
    return [...value].map((character) => ESCAPED.get(character) ?? character).join("");
  });
}

function literal(text: string): string {
  return text.replaceAll("\u0001", "*").replaceAll("\u0002", "?");
}

function glob(pattern: string, flags = ""): RegExp {
  const source = [...pattern].map((character) => {
    if (character === "*") return ".*";
    if (character === "?") return ".";
    return literal(character).replace(/[\\^$.*+?()[\]{}|/-]/, "\\$&");
  });
  return new RegExp(`^${source.join("")}$`, `s${flags}`);
}

function values({ context }: Request, key: string): string[] {
  const found = Object.keys(context).find((name) => name.toLowerCase() === key.toLowerCase());
  return found === undefined ? [] : [context[found] ?? []].flat();
}

function list(value: string | readonly string[]): readonly string[] {
  return typeof value === "string" ? [value] : value;
}
