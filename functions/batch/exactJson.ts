import { randomUUID } from "node:crypto";
import { rewriteOutsideStrings } from "../shared/jsonStrings";

/** Begins the string that a number becomes which a double cannot hold. No caller knows it: no other string begins so. */
const MARK = `\ue000${randomUUID()} `;

/** Integers over 2^53, and numbers with an exponent that may be too large. */
const LONG_NUMBER = /(?<![\w.+-])-?(?:\d{16,}|\d+(?:\.\d+)?[eE]\+?\d{3,})(?![\w.])/g;
/** Words that Python writes in place of a number. */
const NO_NUMBER = /(?<![\w.+-])(?:NaN|-?Infinity)(?![\w.])/g;
/** A string that begins as the mark does, whoever wrote it. */
const MARKED = /"(\ue000[0-9a-f-]{36} )([^"]+)"/g;

/**
 * Parses JSON and keeps all digits of numbers, which {@link stringifyExactly} writes again. Bare `NaN`, `Infinity` and
 * `-Infinity` become strings, by which the Open Inference Protocol's endpoint reads them.
 */
export function parseExactly(json: string): unknown {
  if (!/\d{16}|\d[eE]\+?\d{3}|NaN|Infinity/.test(json)) return JSON.parse(json);
  return JSON.parse(
    rewriteOutsideStrings(json, (part) =>
      part.replace(LONG_NUMBER, `"${MARK}$&"`).replace(NO_NUMBER, '"$&"'),
    ),
  );
}

/** The value of a number's text, with all of its digits; the text, where it is too large for a double. */
export function exactNumber(text: string): unknown {
  if (/^-?[1-9]\d{15,}$/.test(text)) return MARK + text;
  return Number.isFinite(Number(text)) ? Number(text) : text;
}

export function stringifyExactly(value: unknown): string {
  return JSON.stringify(value).replace(MARKED, (text: string, mark: string, digits: string) =>
    mark === MARK ? digits : text,
  );
}
