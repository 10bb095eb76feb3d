import type { Random } from "../files/random";
import type { Policy, Request, Statement } from "./secondReading";

/** Policies and a request that one of them may be about. */
export interface Case {
  readonly policies: readonly Policy[];
  readonly request: Request;
}

/** A policy variable, `$` with a name in braces. */
const variable = (name: string) => `\${${name}}`;

const ROLE = "arn:aws:iam::123456789012:role/reader";
const PRINCIPALS = [
  ROLE,
  "arn:aws:iam::123456789012:root",
  "arn:aws:iam::999999999999:role/x",
  "s3.amazonaws.com",
];
const ACTIONS = ["s3:GetObject", "s3:PutObject", "s3:ListBucket", "lambda:InvokeFunction"];
const ACTION_PATTERNS = [
  "*",
  "s3:*",
  "S3:getobject",
  "s3:?etObject",
  "s3:*Object",
  "lambda:Invoke*",
  ...ACTIONS,
];
const RESOURCES = [
  "arn:aws:s3:::models/a/1.onnx",
  "arn:aws:s3:::models/ada/a*b",
  "arn:aws:s3:::models",
  "arn:aws:lambda:eu-west-1:123456789012:function:iris:live",
];
const RESOURCE_PATTERNS = [
  ...[
    "*",
    "arn:aws:s3:::*",
    "arn:aws:s3:::models/*",
    "arn:aws:s3:::mode?s",
    "arn:aws:*:*",
    "arn:aws:s3",
    "arn:*",
  ],
  ...[
    `arn:aws:s3:::models/${variable("aws:userid")}/*`,
    `arn:aws:s3:::models/${variable("aws:PrincipalTag/team, 'a'")}/1.onnx`,
  ],
  ...[
    `arn:aws:s3:::models/ada/a${variable("*")}b`,
    "arn:aws:lambda:*:123456789012:function:*",
    "arn:aws:lambda:*:*:function:iris",
  ],
  ...["arn:aws:lambda:eu-west-?:*:function:iris:live", ...RESOURCES],
];

/** Condition keys with values that requests may have and that policies ask for; those with `set` have several. */
const KEYS = [
  {
    key: "aws:userid",
    operators: [
      "StringEquals",
      "StringNotEquals",
      "StringLike",
      "StringNotLike",
      "StringEqualsIgnoreCase",
      "StringNotEqualsIgnoreCase",
    ],
    given: ["ada", "Ada", "a*a", "bob"],
    wanted: [
      "ada",
      "a?a",
      "a*",
      "ADA",
      "*",
      "bob",
      `a${variable("*")}a`,
      `${variable("aws:userid")}`,
      `${variable("aws:PrincipalTag/team, 'bob'")}`,
    ],
  },
  {
    key: "aws:TagKeys",
    set: true,
    operators: ["StringEquals", "StringNotEquals", "StringLike", "StringNotLike"],
    given: ["team", "stage", "", "cost"],
    wanted: ["team", "s*", "cost", "?ost", "none"],
  },
  {
    key: "aws:SecureTransport",
    operators: ["Bool"],
    given: ["true", "false", "True"],
    wanted: ["true", "false"],
  },
  {
    key: "aws:SourceIp",
    operators: ["IpAddress", "NotIpAddress"],
    given: ["203.0.113.7", "203.0.113.200", "10.0.0.1"],
    wanted: ["203.0.113.0/24", "203.0.113.0/25", "203.0.113.7", "10.0.0.0/8", "0.0.0.0/0"],
  },
  {
    key: "s3:max-keys",
    operators: ["Equals", "NotEquals", "LessThan", "LessThanEquals", "GreaterThan", "GreaterThanEquals"].map(
      (one) => `Numeric${one}`,
    ),
    given: ["1", "10", "10.5", "-3"],
    wanted: ["1", "10", "10.0", "100", "-3"],
  },
  {
    key: "aws:CurrentTime",
    operators: ["Equals", "NotEquals", "LessThan", "LessThanEquals", "GreaterThan", "GreaterThanEquals"].map(
      (one) => `Date${one}`,
    ),
    given: ["2026-01-02T03:04:05Z", "2026-11-28T00:00:00Z"],
    wanted: ["2026-01-02T03:04:05Z", "2026-01-02T04:04:05+01:00", "2026-06-01", "2027-01-01T00:00:00Z"],
  },
  {
    key: "aws:SourceArn",
    operators: ["ArnEquals", "ArnNotEquals", "ArnLike", "ArnNotLike"],
    given: ["arn:aws:s3:::models", "arn:aws:execute-api:eu-west-1:123456789012:abc/prod/GET/iris"],
    wanted: [
      "arn:aws:s3:::*",
      "arn:aws:execute-api:*:*:abc/*/GET/*",
      "arn:aws:*:*:*:*",
      "arn:aws:s3:::model?",
    ],
  },
] as const;

/** Draws a case; small vocabularies let patterns and values meet often. */
export function generateCase(random: Random): Case {
  const isResourcePolicy = random.below(3) === 0;
  const some = <T>(most: number, make: () => T): T[] => Array.from({ length: 1 + random.below(most) }, make);
  const oneOrMany = (from: readonly string[]): string | string[] =>
    random.below(2) === 0 ? random.pick(from) : some(3, () => random.pick(from));
  const either = (name: string, from: readonly string[]) => ({
    [random.below(4) === 0 ? `Not${name}` : name]: oneOrMany(from),
  });

  function condition(): Statement["Condition"] {
    const { key, operators, wanted, ...rest } = random.pick(KEYS);
    if (random.below(10) === 0) return { Null: { [key]: random.pick(["true", "false"]) } };
    const set = "set" in rest ? `${random.pick(["ForAllValues", "ForAnyValue"])}:` : "";
    const operator = `${set}${random.pick<string>(operators)}${random.below(4) === 0 ? "IfExists" : ""}`;
    return { [operator]: { [random.below(5) === 0 ? key.toUpperCase() : key]: oneOrMany(wanted) } };
  }

  const principal = (): Statement["Principal"] =>
    random.pick<Statement["Principal"]>([
      "*",
      { AWS: ROLE },
      { AWS: ["999999999999", "arn:aws:iam::123456789012:root"] },
      { AWS: "123456789012", Service: "s3.amazonaws.com" },
      { Service: ["lambda.amazonaws.com", "s3.amazonaws.com"] },
    ]);

  const statement = (): Statement => ({
    Effect: random.below(4) === 0 ? "Deny" : "Allow",
    ...either("Action", ACTION_PATTERNS),
    ...either("Resource", RESOURCE_PATTERNS),
    ...(isResourcePolicy && { Principal: principal() }),
    ...(random.below(2) === 0 && { Condition: Object.assign({}, ...some(2, condition)) }),
  });

  const context: Record<string, string | string[]> = {};
  for (const { key, given, ...rest } of KEYS) {
    if (random.below(3) === 0) continue;
    context[key] = "set" in rest ? some(3, () => random.pick<string>(given)) : random.pick<string>(given);
  }
  if (random.below(2) === 0) context["aws:PrincipalTag/team"] = random.pick(["a", "bob", "*"]);
  return {
    policies: some(2, () => ({
      ...(random.below(5) > 0 && { Version: "2012-10-17" }),
      Statement: some(3, statement),
    })),
    request: {
      principal: isResourcePolicy ? random.pick(PRINCIPALS) : ROLE,
      action: random.pick(ACTIONS),
      resource: random.pick(RESOURCES),
      context,
    },
  };
}
