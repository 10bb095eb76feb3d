import fc from "fast-check";

/** One change of a JSON value. */
export interface Mutation {
  /** Which of the value's places, counted in order. */
  readonly at: number;
  readonly how: "replace" | "remove" | "add" | "wrap" | "repeat";
  readonly name: string;
  readonly value: unknown;
}

/** Names and texts that mean something to JavaScript, to S3, to a file system or to a reader of logs. */
const ODD_STRINGS = [
  "",
  " ",
  "NaN",
  "Infinity",
  "1e999",
  "0x10",
  "constructor",
  "__proto__",
  "toString",
  "hasOwnProperty",
  "../../etc/passwd",
  "a//b",
  "%2e%2e%2f",
  "\u0000",
  "\ud800",
  "\u202e",
  "ﬀ",
  "💥".repeat(50),
  "http://127.0.0.1/",
  "http://169.254.169.254/latest/meta-data/",
  "http://[::1]:80/",
  "http://0x7f000001/",
  "ftp://example.com/a",
  "data:image/png;base64,AAAA",
  "data:image/png,AAAA",
  "9".repeat(400),
  "a".repeat(3_000),
  "=".repeat(5_000),
];

const ODD_NUMBERS = [0, -0, -1, 0.5, 1e308, -1e308, 5e-324, 3.5e38, 2 ** 31, 2 ** 53, 2 ** 63, -(2 ** 63)];

const oddText = fc.oneof(
  { weight: 3, arbitrary: fc.constantFrom(...ODD_STRINGS) },
  { weight: 1, arbitrary: fc.string({ unit: "binary", maxLength: 60 }) },
);

/** Any JSON value, odd ones most often. */
export const oddValue: fc.Arbitrary<unknown> = fc.oneof(
  { weight: 4, arbitrary: oddText },
  {
    weight: 3,
    arbitrary: fc.oneof(fc.constantFrom(...ODD_NUMBERS), fc.double({ noNaN: true }), fc.integer()),
  },
  { weight: 2, arbitrary: fc.constantFrom<unknown>(null, true, false, [], {}, [[]], [null], { length: 5 }) },
  { weight: 1, arbitrary: fc.array(fc.double({ noNaN: true }), { maxLength: 40 }) },
  { weight: 1, arbitrary: fc.jsonValue({ maxDepth: 4 }) },
);

/** One to four changes. */
export const mutations: fc.Arbitrary<readonly Mutation[]> = fc.array(
  fc.record({
    at: fc.nat(200),
    how: fc.constantFrom<Mutation["how"]>("replace", "replace", "remove", "add", "wrap", "repeat"),
    name: oddText,
    value: oddValue,
  }),
  { minLength: 1, maxLength: 4 },
);

/** Changes a JSON value; what it was stays as it is. */
export function mutateJson(value: unknown, changes: readonly Mutation[]): unknown {
  return changes.reduce((changed, mutation) => {
    const places = count(changed);
    return changeAt(changed, { left: mutation.at % places }, mutation);
  }, value);
}

function count(value: unknown): number {
  if (typeof value !== "object" || value === null) return 1;
  return Object.values(value).reduce<number>((sum, member) => sum + count(member), 1);
}

/** Walks to the place, and gives a copy with the change. */
function changeAt(value: unknown, place: { left: number }, mutation: Mutation): unknown {
  if (place.left-- === 0) return change(value, mutation);
  if (typeof value !== "object" || value === null) return value;
  if (Array.isArray(value)) {
    return value.flatMap((member) => memberOf(member, place, mutation));
  }
  return Object.fromEntries(
    Object.entries(value).flatMap(([name, member]) =>
      memberOf(member, place, mutation).map((changed) => [name, changed] as const),
    ),
  );
}

/** The member, changed where it is the place; none if it was removed. */
function memberOf(member: unknown, place: { left: number }, mutation: Mutation): unknown[] {
  if (place.left === 0 && mutation.how === "remove") {
    place.left = -1;
    return [];
  }
  return [place.left < 0 ? member : changeAt(member, place, mutation)];
}

function change(value: unknown, { how, name, value: odd }: Mutation): unknown {
  switch (how) {
    case "wrap":
      return [value];
    case "repeat":
      return Array.isArray(value) ? [...value, ...value, ...value] : [value, value];
    case "add":
      if (Array.isArray(value)) return [...value, odd];
      if (typeof value !== "object" || value === null) return odd;
      return Object.fromEntries([...Object.entries(value), [name, odd]]);
    default:
      return odd;
  }
}
