import { rewriteOutsideStrings } from "../shared/jsonStrings";

/** Marks the string of a number that `JSON.parse` cannot represent: a character that no other string begins with. */
const MARK = "\ue000";

/** Python's literals for numbers that JSON does not have. */
const WORDS = /(?<![\w.+-])(?:NaN|-?Infinity)(?![\w.])/g;

/** Those, and integers that a double may not represent. */
const WORDS_AND_LONG_NUMBERS = /(?<![\w.+-])(?:NaN|-?Infinity|-?\d{16,})(?![\w.])/g;

/**
 * Parses JSON with numbers that JSON cannot represent: Python's `NaN`, `Infinity` and `-Infinity` and, for tensors of
 * 64-bit integers, all of their digits. They become strings that {@link numberText} recognises.
 */
export function parseNumbers(json: string): unknown {
  const hasLongNumbers = json.includes("INT64") && /\d{16}/.test(json);
  if (!hasLongNumbers && !/NaN|Infinity/.test(json)) return JSON.parse(json);
  const numbers = hasLongNumbers ? WORDS_AND_LONG_NUMBERS : WORDS;
  return JSON.parse(rewriteOutsideStrings(json, (part) => part.replace(numbers, `"${MARK}$&"`)));
}

/** Returns the digits of a number that {@link parseNumbers} kept; `undefined` for any other value. */
export function numberText(value: unknown): string | undefined {
  return typeof value === "string" && value.startsWith(MARK) ? value.slice(MARK.length) : undefined;
}
