import { BlockList, isIP } from "node:net";
import { matchesArn, matchesPattern, type Pattern, textOf } from "./matchesWildcard";

/** A condition operator, taken apart, e.g. `ForAnyValue:StringNotLikeIfExists`. */
export interface Operator {
  /** `undefined` for `Null`, which asks whether there is a key and not for its value. */
  readonly test: Test | undefined;
  /** Asks for the opposite: `StringNotLike`. */
  readonly isNegated: boolean;
  /** How several values in the request are taken. */
  readonly set: "ForAllValues" | "ForAnyValue" | undefined;
  readonly ifExists: boolean;
}

export interface Test {
  /** Whether a value of the request is what the policy asks for. */
  matches(value: string, wanted: Pattern): boolean;
  /** Whether a policy may ask for this; others are not a number, a time, … @default any */
  isValid?(wanted: string): boolean;
  /** Whether policy variables stand for their values. */
  readonly hasVariables?: boolean;
}

const compareStrings = (matches: (value: string, wanted: string) => boolean): Test => ({
  hasVariables: true,
  matches: (value, wanted) => matches(value, textOf(wanted)),
});

const compareNumbers = (
  read: (text: string) => number,
  matches: (value: number, wanted: number) => boolean,
): Test => ({
  matches: (value, wanted) => matches(read(value), read(textOf(wanted))),
  isValid: (wanted) => !Number.isNaN(read(wanted)),
});

const arnLike: Test = { hasVariables: true, matches: (value, wanted) => matchesArn(wanted, value) };

const TESTS: ReadonlyMap<string, Test> = new Map<string, Test>([
  ["stringequals", compareStrings((value, wanted) => value === wanted)],
  ["stringequalsignorecase", compareStrings((value, wanted) => value.toLowerCase() === wanted.toLowerCase())],
  ["stringlike", { hasVariables: true, matches: (value, wanted) => matchesPattern(wanted, value) }],
  ["arnequals", arnLike],
  ["arnlike", arnLike],
  ["binaryequals", { matches: (value, wanted) => value === textOf(wanted) }],
  [
    "bool",
    {
      matches: (value, wanted) => value.toLowerCase() === textOf(wanted).toLowerCase(),
      isValid: (wanted) => /^(true|false)$/i.test(wanted),
    },
  ],
  [
    "ipaddress",
    {
      matches: (value, wanted) => contains(textOf(wanted), value),
      isValid: (wanted) => rangeOf(wanted) !== undefined,
    },
  ],
  ...[
    ["numeric", numberOf] as const,
    // https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html#Conditions_Date
    ["date", timeOf] as const,
  ].flatMap(([type, read]): [string, Test][] => [
    [`${type}equals`, compareNumbers(read, (value, wanted) => value === wanted)],
    [`${type}lessthan`, compareNumbers(read, (value, wanted) => value < wanted)],
    [`${type}lessthanequals`, compareNumbers(read, (value, wanted) => value <= wanted)],
    [`${type}greaterthan`, compareNumbers(read, (value, wanted) => value > wanted)],
    [`${type}greaterthanequals`, compareNumbers(read, (value, wanted) => value >= wanted)],
  ]),
]);

/** Those of the policies that are deployed. */
const operators = new Map<string, Operator | undefined>();

/** `undefined` for an operator that IAM does not know. */
export function readOperator(text: string): Operator | undefined {
  if (!operators.has(text)) operators.set(text, takeApart(text));
  return operators.get(text);
}

function takeApart(operator: string): Operator | undefined {
  const [, set, name = "", ifExists] =
    /^(?:(ForAllValues|ForAnyValue):)?(\w+?)(IfExists)?$/i.exec(operator) ?? [];
  if (/^null$/i.test(name)) {
    const isAlone = set === undefined && ifExists === undefined;
    return isAlone ? { test: undefined, isNegated: false, set: undefined, ifExists: false } : undefined;
  }
  const positive = name
    .toLowerCase()
    .replace(/^(string|numeric|date|arn|)not(equals|like|ipaddress)/, "$1$2");
  const test = TESTS.get(positive);
  return (
    test && {
      test,
      isNegated: positive !== name.toLowerCase(),
      set: set === undefined ? undefined : /^forall/i.test(set) ? "ForAllValues" : "ForAnyValue",
      ifExists: ifExists !== undefined,
    }
  );
}

/** Finds what IAM would reject in a condition. */
export function conditionFault(operator: string, values: readonly string[]): string | undefined {
  const known = readOperator(operator);
  if (known === undefined) return `\`${operator}\` is not a condition operator`;
  if (values.length === 0) return `a condition with \`${operator}\` has no value`;
  const isValid = known.test ? known.test.isValid : (wanted: string) => /^(true|false)$/i.test(wanted);
  const wrong = isValid && values.find((value) => !isValid(value));
  return wrong === undefined ? undefined : `a condition with \`${operator}\` has the value "${wrong}"`;
}

function numberOf(text: string): number {
  return /^-?\d+(\.\d+)?$/.test(text) ? Number(text) : Number.NaN;
}

/** ISO 8601 with its time zone, or seconds since 1970; in ms. */
function timeOf(text: string): number {
  if (/^\d{5,}$/.test(text)) return Number(text) * 1000;
  const isDate = /^\d{4}(-\d\d(-\d\d(T\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:\d\d))?)?)?$/.test(text);
  return isDate ? Date.parse(text) : Number.NaN;
}

function contains(range: string, address: string): boolean {
  const version = isIP(address);
  return version !== 0 && (rangeOf(range)?.check(address, version === 4 ? "ipv4" : "ipv6") ?? false);
}

/** An address, or a range of them in CIDR notation. */
function rangeOf(text: string): BlockList | undefined {
  const [, address = "", prefix] = /^([^/]+)(?:\/(\d{1,3}))?$/.exec(text) ?? [];
  const version = isIP(address);
  const bits = version === 4 ? 32 : 128;
  if (version === 0 || Number(prefix ?? bits) > bits) return undefined;
  const range = new BlockList();
  range.addSubnet(address, Number(prefix ?? bits), version === 4 ? "ipv4" : "ipv6");
  return range;
}
