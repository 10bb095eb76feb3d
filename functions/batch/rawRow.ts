/** A row as its file has it, and about how many bytes it takes in a request; what becomes of it, the endpoint says. */
export type RawRow = RowContent & { readonly bytes: number };

export type RowContent =
  /** A line of CSV. */
  | { readonly kind: "text"; readonly columns: readonly string[]; readonly cells: readonly string[] }
  /** A line of JSON. */
  | { readonly kind: "json"; readonly value: unknown }
  /** An item of an array along its first axis, in C order. */
  | { readonly kind: "numbers"; readonly values: readonly number[] }
  /** A row that cannot be read, and why. */
  | { readonly kind: "wrong"; readonly problem: string };

/** Whether a column is a field's. pandas writes those of a field with several values as `x`, `x.1`, `x.2`. */
export function isColumnOf(name: string, column: string): boolean {
  return column === name || (column.startsWith(`${name}.`) && /^\d+$/.test(column.slice(name.length + 1)));
}

/** The file cannot be read as its name says, or not on from here: what came before is answered. */
export class BadFile extends Error {
  override readonly name = "BadFile";
}

/** A row that does not fit the endpoint's request. */
export class BadRow extends Error {
  override readonly name = "BadRow";
}
