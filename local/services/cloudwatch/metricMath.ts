/** The value of each id in one period; `undefined` where it has none. */
export type PeriodValues = ReadonlyMap<string, number | undefined>;
export type Expression = (values: PeriodValues) => number | undefined;

const TOKEN = /\s*(?:(\d+(?:\.\d+)?)|([A-Za-z_]\w*)|(>=|<=|==|!=|[-+*/()<>,]))/y;

type Operator = (a: number, b: number) => number;
/** From the loosest to the tightest. */
const PRECEDENCE: readonly Readonly<Record<string, Operator>>[] = [
  {
    ">": (a, b) => Number(a > b),
    "<": (a, b) => Number(a < b),
    ">=": (a, b) => Number(a >= b),
    "<=": (a, b) => Number(a <= b),
    "==": (a, b) => Number(a === b),
    "!=": (a, b) => Number(a !== b),
  },
  { "+": (a, b) => a + b, "-": (a, b) => a - b },
  { "*": (a, b) => a * b, "/": (a, b) => a / b },
];

/** Functions by name, with the number of their parameters. */
const FUNCTIONS: Readonly<Record<string, readonly [number, (args: readonly Expression[]) => Expression]>> = {
  FILL: [
    2,
    ([series, value]) =>
      (values) =>
        series?.(values) ?? value?.(values),
  ],
  IF: [
    3,
    ([test, yes, no]) =>
      (values) => {
        const found = test?.(values);
        return found === undefined ? undefined : found ? yes?.(values) : no?.(values);
      },
  ],
};

/**
 * Parses metric math: numbers, ids, arithmetic, comparisons, `FILL(series, number)` and `IF(test, yes, no)`. As in
 * CloudWatch, a period without a value has none in a result either, and nor has one that would be divided by zero.
 *
 * @throws Error  What of it is not known here.
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/using-metric-math.html
 */
export function parseMetricMath(text: string): Expression {
  const tokens = tokensOf(text);
  const rest = () => `"${tokens.join(" ").slice(0, 40)}"`;
  const take = (expected: string) => {
    if (tokens[0] !== expected) throw unknown(text, `${rest()}, where ${expected} should be`);
    tokens.shift();
  };

  function binary(level: number): Expression {
    const operators = PRECEDENCE[level];
    if (operators === undefined) return unary();
    let left = binary(level + 1);
    for (;;) {
      const token = tokens[0] ?? "";
      const operator = Object.hasOwn(operators, token) ? operators[token] : undefined;
      if (operator === undefined) return left;
      tokens.shift();
      left = combine(operator, left, binary(level + 1));
    }
  }

  function unary(): Expression {
    const token = tokens.shift() ?? "";
    if (token === "-")
      return combine(
        (a, b) => a - b,
        () => 0,
        unary(),
      );
    if (token === "(") {
      const inner = binary(0);
      take(")");
      return inner;
    }
    if (/^\d/.test(token)) return () => Number(token);
    if (tokens[0] === "(" && /^[A-Z]/.test(token)) return call(token);
    if (/^[a-z]\w*$/.test(token)) return (values) => values.get(token);
    throw unknown(text, `"${token}"`);
  }

  function call(name: string): Expression {
    const [arity, make] = (Object.hasOwn(FUNCTIONS, name) ? FUNCTIONS[name] : undefined) ?? [];
    if (arity === undefined || make === undefined) throw unknown(text, name);
    take("(");
    const args = [binary(0)];
    while (tokens[0] === ",") {
      tokens.shift();
      args.push(binary(0));
    }
    take(")");
    if (args.length !== arity) throw unknown(text, `${name} with ${args.length} parameters`);
    return make(args);
  }

  const parsed = binary(0);
  if (tokens.length > 0) throw unknown(text, rest());
  return parsed;
}

function combine(operator: Operator, left: Expression, right: Expression): Expression {
  return (values) => {
    const [a, b] = [left(values), right(values)];
    const result = a === undefined || b === undefined ? Number.NaN : operator(a, b);
    return Number.isFinite(result) ? result : undefined;
  };
}

function tokensOf(text: string): string[] {
  const tokens: string[] = [];
  const trimmed = text.trimEnd();
  TOKEN.lastIndex = 0;
  while (TOKEN.lastIndex < trimmed.length) {
    const at = TOKEN.lastIndex;
    const found = TOKEN.exec(trimmed);
    if (found === null) throw unknown(text, `"${trimmed.slice(at, at + 20).trim()}"`);
    tokens.push(found[0].trim());
  }
  return tokens;
}

function unknown(text: string, what: string): Error {
  return new Error(
    `the metric math \`${text.slice(0, 100)}\` has ${what}; the local cloud knows numbers, ids, + - * /, comparisons, FILL(id, number) and IF`,
  );
}
