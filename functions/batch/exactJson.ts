import { rewriteOutsideStrings } from "../shared/jsonStrings";

/** Marks the string of an integer that a double may not represent: a character that no other string begins with. */
const MARK = "\ue000";

const LONG_INTEGER = /(?<![\w.+-])-?\d{16,}(?![\w.])/g;
const MARKED = /"\ue000(-?\d+)"/g;

/** Parses JSON and keeps all digits of 64-bit integers, which {@link stringifyExactly} writes again. */
export function parseExactly(json: string): unknown {
  if (!/\d{16}/.test(json)) return JSON.parse(json);
  return JSON.parse(rewriteOutsideStrings(json, (part) => part.replace(LONG_INTEGER, `"${MARK}$&"`)));
}

/** The value of a number's text, with all of its digits. */
export function exactNumber(text: string): unknown {
  return /^-?[1-9]\d{15,}$/.test(text) ? MARK + text : Number(text);
}

export function stringifyExactly(value: unknown): string {
  return JSON.stringify(value).replace(MARKED, "$1");
}
