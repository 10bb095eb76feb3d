import { rewriteOutsideStrings } from "../shared/jsonStrings";

/** Begins the text of a number that `JSON.parse` does not read: a character that no text uses. */
const MARK = "\ue000";

/** What Python writes for numbers that JSON does not have. */
const WORDS = /(?<![\w.+-])(?:NaN|-?Infinity)(?![\w.])/g;

/** Those, and whole numbers that a double may not hold. */
const WORDS_AND_LONG_NUMBERS = /(?<![\w.+-])(?:NaN|-?Infinity|-?\d{16,})(?![\w.])/g;

/**
 * Parses JSON with numbers that JSON cannot carry: Python's `NaN`, `Infinity` and `-Infinity`, and where a tensor is of
 * 64-bit integers all of their digits. They become texts that {@link numberText} knows.
 */
export function parseNumbers(json: string): unknown {
  const hasLongNumbers = json.includes("INT64") && /\d{16}/.test(json);
  if (!hasLongNumbers && !/NaN|Infinity/.test(json)) return JSON.parse(json);
  const numbers = hasLongNumbers ? WORDS_AND_LONG_NUMBERS : WORDS;
  return JSON.parse(rewriteOutsideStrings(json, (part) => part.replace(numbers, `"${MARK}$&"`)));
}

/** Gives the text of a number that {@link parseNumbers} kept; `undefined` for any other value. */
export function numberText(value: unknown): string | undefined {
  return typeof value === "string" && value.startsWith(MARK) ? value.slice(MARK.length) : undefined;
}
