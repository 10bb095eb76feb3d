import { at, type Field } from "./fields";

/** Texts in the inputs of a form, by the fields' ids. */
export type Values = Readonly<Record<string, string>>;

/** Fills the form with a request; fields that it does not have are empty. */
export function valuesOf(fields: readonly Field[], request: unknown): Values {
  return Object.fromEntries(fields.map(({ id, path }) => [id, write(at(request, path))]));
}

/**
 * Makes the request of what the form holds. Empty fields are left out, and what is no number goes as the text that it is:
 * the endpoint says what is wrong, in its own words.
 */
export function requestOf(fields: readonly Field[], values: Values): Record<string, unknown> {
  const request: Record<string, unknown> = {};
  for (const field of fields) {
    const text = values[field.id] ?? "";
    if (text !== "") put(request, field.path, read(field, text));
  }
  return request;
}

function write(value: unknown): string {
  if (value === undefined || value === null) return "";
  return typeof value === "object" ? JSON.stringify(value) : String(value);
}

function read({ control }: Field, text: string): unknown {
  switch (control.kind) {
    case "number": {
      const value = Number(text);
      return text.trim() === "" || !Number.isFinite(value) ? text : value;
    }
    case "boolean":
      return text === "true";
    case "choice":
      return control.options.find(({ value }) => String(value) === text)?.value ?? text;
    case "json":
      try {
        return JSON.parse(text);
      } catch {
        return text;
      }
    default:
      return text;
  }
}

function put(target: Record<string, unknown>, path: Field["path"], value: unknown): void {
  let inner: Record<string | number, unknown> = target;
  for (const [index, name] of path.entries()) {
    const next = path[index + 1];
    if (next === undefined) inner[name] = value;
    else {
      inner[name] ??= typeof next === "number" ? [] : {};
      inner = inner[name] as Record<string | number, unknown>;
    }
  }
}
