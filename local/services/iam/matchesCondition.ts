import { matchesWildcard } from "./matchesWildcard";
import type { Statement } from "./policyDocument";

/** What is known of a request, by condition key (`s3:prefix`, `aws:SecureTransport`); names compare without case. */
export type Context = Readonly<Record<string, string | readonly string[] | undefined>>;

type Test = (value: string, wanted: string) => boolean;

const arnLike: Test = (value, wanted) => {
  const patterns = wanted.split(":");
  const parts = value.split(":");
  // Each of the first five fields by itself; the sixth, the resource, may hold colons of its own.
  return (
    parts.length >= 6 &&
    patterns.slice(0, 5).every((pattern, i) => matchesWildcard(pattern, parts[i] ?? "")) &&
    matchesWildcard(patterns.slice(5).join(":"), parts.slice(5).join(":"))
  );
};

const tests: Readonly<Record<string, Test>> = {
  StringEquals: (value, wanted) => value === wanted,
  StringEqualsIgnoreCase: (value, wanted) => value.toLowerCase() === wanted.toLowerCase(),
  StringLike: (value, wanted) => matchesWildcard(wanted, value),
  ArnLike: arnLike,
  ArnEquals: arnLike,
  Bool: (value, wanted) => value.toLowerCase() === wanted.toLowerCase(),
  NumericEquals: (value, wanted) => Number(value) === Number(wanted),
  NumericLessThan: (value, wanted) => Number(value) < Number(wanted),
  NumericLessThanEquals: (value, wanted) => Number(value) <= Number(wanted),
  NumericGreaterThan: (value, wanted) => Number(value) > Number(wanted),
  NumericGreaterThanEquals: (value, wanted) => Number(value) >= Number(wanted),
};

const negated: Readonly<Record<string, string>> = {
  StringNotEquals: "StringEquals",
  StringNotEqualsIgnoreCase: "StringEqualsIgnoreCase",
  StringNotLike: "StringLike",
  ArnNotLike: "ArnLike",
  ArnNotEquals: "ArnEquals",
  NumericNotEquals: "NumericEquals",
};

/** Can this operator be evaluated? Policies with another one are refused when they are read. */
export function isConditionOperator(operator: string): boolean {
  const { base } = readOperator(operator);
  return base === "Null" || base in tests || base in negated;
}

/** Do all of a statement's conditions hold? A key the request does not have fails all operators but the negated ones, `…IfExists` and `Null`. */
export function matchesCondition(condition: Statement["condition"], context: Context): boolean {
  const known = new Map(Object.entries(context).map(([key, value]) => [key.toLowerCase(), value]));
  return Object.entries(condition ?? {}).every(([operator, keys]) =>
    Object.entries(keys).every(([key, wanted]) =>
      holds(operator, [known.get(key.toLowerCase()) ?? []].flat(), wanted),
    ),
  );
}

function holds(operator: string, values: readonly string[], wanted: readonly string[]): boolean {
  const { base, forAll, forAny, ifExists } = readOperator(operator);
  if (base === "Null") return wanted.includes(values.length === 0 ? "true" : "false");
  const opposite = negated[base];
  const test = tests[opposite ?? base];
  if (!test) return false;
  if (values.length === 0) return ifExists || forAll || (opposite !== undefined && !forAny);
  const matches = (value: string) => wanted.some((one) => test(value, one)) !== (opposite !== undefined);
  return forAll ? values.every(matches) : values.some(matches);
}

function readOperator(operator: string) {
  const base = operator.replace(/^(ForAnyValue|ForAllValues):/, "").replace(/IfExists$/, "");
  const forAny = operator.startsWith("ForAnyValue:");
  return {
    base,
    forAll: operator.startsWith("ForAllValues:"),
    forAny,
    ifExists: operator.endsWith("IfExists"),
  };
}
