import type { Described } from "./described";
import { isNumeric, type Option, optionsOf, plainSchema, type Schema } from "./schema";

/** How a response is shown; the schema of the response decides it, and the card, never an endpoint's name. */
export type View =
  /** A number from 0 to 1. */
  | { readonly kind: "score"; readonly what: string }
  /** A probability for each class. */
  | { readonly kind: "classes"; readonly probabilities: string; readonly labels: readonly string[] }
  /** One of several meanings. */
  | Verdict
  /** Boxes on the image that was sent. */
  | {
      readonly kind: "boxes";
      readonly list: string;
      readonly box: string;
      readonly label: string;
      readonly score?: string;
      readonly verdict?: Verdict;
      /** The member that is true or false. */
      readonly isGood?: string;
    }
  /** A probability for each pixel of what was uploaded. */
  | { readonly kind: "mask"; readonly mask: string; readonly stored?: string }
  | { readonly kind: "json" };

/** The content type that is asked for: JSON where the endpoint has it. */
export function acceptedType({ root }: Described): string {
  const types = Object.keys(root.response);
  return types.find((type) => type.includes("json")) ?? types[0] ?? "application/json";
}

/** A member of the response, or the response itself, that is one of several values. */
export interface Verdict {
  readonly kind: "verdict";
  readonly member: string | undefined;
  readonly options: readonly Option[];
}

export function chooseView(described: Described): View {
  const schema = plainSchema(described.root.response[acceptedType(described)] ?? {});
  const members = Object.entries(schema.properties ?? {}).map(
    ([name, each]) => [name, plainSchema(each)] as const,
  );
  if (isNumeric(schema) && schema.minimum === 0 && schema.maximum === 1) {
    return { kind: "score", what: schema.description ?? "" };
  }
  return (
    (described.upload && maskView(members)) ??
    boxesView(members) ??
    classesView(members, described) ??
    verdictView(schema, members) ?? { kind: "json" }
  );
}

type Members = readonly (readonly [string, Schema])[];

function maskView(members: Members): View | undefined {
  const mask = members.find(([, { items }]) => items?.type === "array");
  const stored = members.find(
    ([, { properties = {} }]) => "bucket" in properties && "file_name" in properties,
  );
  return mask && { kind: "mask", mask: mask[0], stored: stored?.[0] };
}

/** A list of objects that have four numbers, and a word for them. */
function boxesView(members: Members): View | undefined {
  for (const [list, { items }] of members) {
    const parts = Object.entries(items?.properties ?? {});
    const box = parts.find(
      ([, { items, minItems, maxItems }]) => items && isNumeric(items) && minItems === 4 && maxItems === 4,
    );
    const label = parts.find(([, { type }]) => type === "string");
    const score = parts.find(([, part]) => isNumeric(part));
    if (box && label) {
      const verdict = verdictView({}, members);
      const isGood = members.find(([, { type }]) => type === "boolean")?.[0];
      return { kind: "boxes", list, box: box[0], label: label[0], score: score?.[0], verdict, isGood };
    }
  }
  return undefined;
}

/** Numbers by class, or a list of numbers of which the card names the classes. */
function classesView(members: Members, { outputs }: Described): View | undefined {
  for (const [name, { type, additionalProperties, items }] of members) {
    if (type === "object" && typeof additionalProperties === "object" && isNumeric(additionalProperties)) {
      return { kind: "classes", probabilities: name, labels: [] };
    }
    const labels = outputs.find((output) => output.name === name)?.labels;
    if (labels && items && isNumeric(plainSchema(items)))
      return { kind: "classes", probabilities: name, labels };
  }
  return undefined;
}

/** The member that has several meanings, or the whole response. */
function verdictView(schema: Schema, members: Members): Verdict | undefined {
  for (const [member, each] of [...members, [undefined, schema] as const]) {
    const options = optionsOf(each);
    if (options && options.length > 1) return { kind: "verdict", member, options };
  }
  return undefined;
}

/** One class and its probability. */
export interface Share {
  readonly label: string;
  readonly value: number;
}

/** The probabilities of a response, by class; empty where it has none. */
export function readShares(view: View & { kind: "classes" }, body: unknown): readonly Share[] {
  const found = memberOf(body, view.probabilities);
  if (Array.isArray(found)) {
    return found.map((value, i) => ({ label: view.labels[i] ?? String(i), value: Number(value) }));
  }
  return Object.entries(found ?? {}).map(([label, value]) => ({ label, value: Number(value) }));
}

/** Says what a verdict means, in the schema's words. */
export function readVerdict({ member, options }: Verdict, body: unknown): string {
  const value = member === undefined ? body : memberOf(body, member);
  return options.find((option) => option.value === value)?.title ?? String(value);
}

/** A response in a few words, with its number where it has one: a row of a comparison. */
export function summarize(view: View, body: unknown): { readonly text: string; readonly share?: number } {
  if (view.kind === "score") return { text: percent(Number(body)), share: Number(body) };
  if (view.kind === "verdict") return { text: readVerdict(view, body) };
  if (view.kind === "classes") {
    const [best] = [...readShares(view, body)].sort((a, b) => b.value - a.value);
    if (best) return { text: `${best.label}, ${percent(best.value)}`, share: best.value };
  }
  return { text: typeof body === "string" ? body : JSON.stringify(body) };
}

export function percent(share: number): string {
  const digits = share > 0 && share < 1 && (share < 0.1 || share > 0.99) ? 1 : 0;
  return `${(share * 100).toFixed(digits)} %`;
}

export function memberOf(body: unknown, name: string): unknown {
  return typeof body === "object" && body !== null
    ? (body as Readonly<Record<string, unknown>>)[name]
    : undefined;
}
