import type { CardTensor, Sample } from "./described";
import { humanize, isNumeric, type Option, optionsOf, plainSchema, type Schema } from "./schema";

/** One input of a form, which is one member of the request. */
export interface Field {
  /** Path within the request, with dots, as errors name it. */
  readonly id: string;
  readonly path: readonly (string | number)[];
  readonly name: string;
  readonly label: string;
  /** Unit of a number whose description ends in "in cm". */
  readonly unit?: string;
  readonly isRequired: boolean;
  readonly control: Control;
}

export type Control =
  | { readonly kind: "number"; readonly range?: Range }
  | { readonly kind: "text"; readonly suggestions: readonly string[]; readonly isAddress: boolean }
  | { readonly kind: "choice"; readonly options: readonly Option[] }
  | { readonly kind: "boolean" }
  /** A file, in base64. */
  | { readonly kind: "file"; readonly mediaType: string }
  /** Everything that has no control of its own. */
  | { readonly kind: "json" };

/** The range of a slider. */
export interface Range {
  readonly least: number;
  readonly most: number;
  readonly step: number;
}

/** Fields of which a request has one set only. */
export interface Way {
  readonly label: string;
  /** Names of the request's members. */
  readonly names: readonly string[];
}

/** More values of a list are JSON. */
const MAX_ITEMS = 32;

/** Makes a form of a request's schema; the card's inputs and samples say how far sliders go. */
export function formFields(
  request: Schema,
  inputs: readonly CardTensor[] = [],
  samples: readonly Sample[] = [],
): readonly Field[] {
  const ranges = new Map(
    inputs.flatMap(({ labels = [], ranges = [] }) => labels.map((label, i) => [label, ranges[i]] as const)),
  );
  return membersOf(request, [], true).map((field) => {
    if (field.control.kind !== "number" || field.control.range) return field;
    const [least, most] =
      ranges.get(field.name) ?? rangeOf(samples.map(({ request }) => at(request, field.path)));
    return { ...field, control: { kind: "number", range: niceRange(least, most) } };
  });
}

/** The ways to send a request of which `oneOf` takes one; none where the schema has no such choice. */
export function formWays({ oneOf = [], properties = {} }: Schema): readonly Way[] {
  return oneOf.flatMap(({ required = [] }) => {
    if (required.length === 0) return [];
    const words = required.map((name, index) => {
      const { contentMediaType, format } = properties[name] ?? {};
      const word = contentMediaType ? "File" : format === "uri" ? "Address" : humanize(name);
      return index === 0 ? word : word.toLowerCase();
    });
    return [{ label: words.join(" and "), names: required }];
  });
}

function membersOf(
  { properties = {}, required = [] }: Schema,
  path: Field["path"],
  isRequired: boolean,
): readonly Field[] {
  return Object.entries(properties).flatMap(([name, schema]) =>
    fieldsOf(schema, [...path, name], isRequired && required.includes(name)),
  );
}

function fieldsOf(given: Schema, path: Field["path"], isRequired: boolean): readonly Field[] {
  const schema = plainSchema(given);
  if (schema.type === "object" && schema.properties) return membersOf(schema, path, isRequired);
  const { items, minItems = 0, maxItems } = schema;
  if (items && minItems === maxItems && minItems > 0 && minItems <= MAX_ITEMS) {
    return Array.from({ length: minItems }, (_, i) => fieldsOf(items, [...path, i], isRequired)).flat();
  }
  const name = String(path.at(-1));
  const numeric = isNumeric(schema);
  const { text, unit } = wordsOf(schema.description ?? labelOf(path), numeric);
  return [{ id: path.join("."), path, name, label: text, unit, isRequired, control: controlOf(schema) }];
}

/** The item of a list is called after the list. */
function labelOf(path: Field["path"]): string {
  const last = path.at(-1);
  return typeof last === "number" ? `${humanize(String(path.at(-2)))} ${last + 1}` : humanize(String(last));
}

function wordsOf(description: string, hasUnit: boolean): { text: string; unit?: string } {
  const text = description.replaceAll("`", "");
  const [, what, unit] = /^([^:,;]+) in (\S.{0,40})$/.exec(text) ?? [];
  return hasUnit && what !== undefined ? { text: what, unit } : { text };
}

function controlOf(schema: Schema): Control {
  const options = optionsOf(schema);
  if (options) return { kind: "choice", options };
  const { type, minimum, maximum, examples = [], format, contentEncoding, contentMediaType } = schema;
  if (isNumeric(schema)) {
    const hasRange = minimum !== undefined && maximum !== undefined;
    return { kind: "number", range: hasRange ? niceRange(minimum, maximum) : undefined };
  }
  if (type === "boolean") return { kind: "boolean" };
  if (type !== "string") return { kind: "json" };
  if (contentEncoding === "base64" && contentMediaType) return { kind: "file", mediaType: contentMediaType };
  return {
    kind: "text",
    suggestions: examples.filter((example) => typeof example === "string"),
    isAddress: format === "uri",
  };
}

/** From what samples have, with some room above. */
function rangeOf(values: readonly unknown[]): readonly number[] {
  const numbers = values.map(Number).filter((value) => Number.isFinite(value));
  if (numbers.length === 0) return [];
  return [Math.min(0, ...numbers), Math.max(...numbers.map((value) => Math.abs(value) * 1.5), 1)];
}

/** A range with about a hundred steps that are powers of ten. */
export function niceRange(least: number | undefined, most: number | undefined): Range | undefined {
  if (least === undefined || most === undefined || !(least < most)) return undefined;
  const exponent = Math.floor(Math.log10((most - least) / 100) + 1e-9);
  const step = Number(`1e${exponent}`);
  const round = (value: number) => Number(value.toFixed(Math.max(0, -exponent)));
  return {
    least: round(Math.floor(least / step + 1e-9) * step),
    most: round(Math.ceil(most / step - 1e-9) * step),
    step,
  };
}

/** The value at a path within a request. */
export function at(value: unknown, path: Field["path"]): unknown {
  return path.reduce<unknown>(
    (inner, name) =>
      typeof inner === "object" && inner !== null ? (inner as Record<string, unknown>)[name] : undefined,
    value,
  );
}
