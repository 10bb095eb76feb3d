/** The part of JSON Schema (2020-12) that endpoints describe their requests and responses in. */
export interface Schema {
  readonly type?: string;
  readonly title?: string;
  readonly description?: string;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly additionalProperties?: Schema | boolean;
  readonly items?: Schema;
  readonly minItems?: number;
  readonly maxItems?: number;
  readonly anyOf?: readonly Schema[];
  readonly oneOf?: readonly Schema[];
  readonly enum?: readonly Plain[];
  readonly const?: Plain;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly pattern?: string;
  readonly maxLength?: number;
  readonly format?: string;
  readonly contentEncoding?: string;
  readonly contentMediaType?: string;
  readonly examples?: readonly unknown[];
}

export type Plain = string | number | boolean | null;

/** One of several values, with what it means. */
export interface Option {
  readonly value: Plain;
  readonly title: string;
}

/** The schema of a value that is there: without `null`, and without the string form of a number. */
export function plainSchema(schema: Schema): Schema {
  const { anyOf, ...rest } = schema;
  if (anyOf === undefined) return schema;
  const present = anyOf.filter(({ type }) => type !== "null");
  const numeric = present.find(({ type }) => type === "number" || type === "integer");
  const [only] = present;
  if (numeric && present.every(({ type }) => type === "string" || type === numeric.type)) {
    return { ...numeric, ...rest };
  }
  return only && present.length === 1 ? { ...only, ...rest } : { ...rest, anyOf: present };
}

/** The values that a schema lists, by `enum` or as constants with titles; `undefined` where it lists none. */
export function optionsOf(schema: Schema): readonly Option[] | undefined {
  if (schema.enum) return schema.enum.map((value) => ({ value, title: String(value) }));
  const listed = schema.oneOf ?? schema.anyOf;
  if (!listed || listed.length === 0) return undefined;
  const options = listed.flatMap(({ const: value, title = String(value) }) =>
    value === undefined ? [] : [{ value, title }],
  );
  return options.length === listed.length ? options : undefined;
}

export function isNumeric({ type }: Schema): boolean {
  return type === "number" || type === "integer";
}

/** `meanConcavePoints` and `file_name` as words: what a field without a description is called. */
export function humanize(name: string): string {
  const words = name
    .replace(/([a-z\d])([A-Z])/g, "$1 $2")
    .replace(/[_-]+/g, " ")
    .toLowerCase();
  return words.replace(/^./, (letter) => letter.toUpperCase());
}
