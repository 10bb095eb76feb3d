import { BadRequest } from "../errors";
import { cut } from "../shown";

/** The three entries of a `.npy` header. */
export interface NpyDictionary {
  readonly descr: string;
  readonly fortranOrder: boolean;
  readonly shape: readonly number[];
}

const OPEN = /\s*\{/y;
const CLOSE = /\s*\}\s*$/y;
const COMMA = /\s*,/y;
const COLON = /\s*:/y;
const STRING = /\s*(?:'([^'\\\n]*)'|"([^"\\\n]*)")/y;
const BOOLEAN = /\s*(True|False)/y;
const OPEN_TUPLE = /\s*\(/y;
const CLOSE_TUPLE = /\s*\)/y;
/** Python 2 wrote the `L`. */
const INTEGER = /\s*(0|[1-9]\d*)L?/y;

/**
 * Parses the Python dictionary of a `.npy` header, and nothing else of Python: exactly `descr` (a string),
 * `fortran_order` and `shape`, in any order.
 *
 * @throws BadRequest  Anything else; the message says what was expected and what was found.
 */
export function parseNpyDictionary(text: string): NpyDictionary {
  let at = 0;
  const next = (token: RegExp): string | undefined => {
    token.lastIndex = at;
    const match = token.exec(text);
    if (match === null) return undefined;
    at = token.lastIndex;
    return match[1] ?? match[2] ?? match[0];
  };
  const take = (token: RegExp, expected: string): string => {
    const found = next(token);
    if (found === undefined) throw unexpected(text, at, expected);
    return found;
  };

  const takeShape = (): number[] => {
    take(OPEN_TUPLE, "a tuple of axes for 'shape'");
    const axes: number[] = [];
    while (next(CLOSE_TUPLE) === undefined) {
      axes.push(Number(take(INTEGER, "an axis of 'shape', a whole number")));
      // A tuple of one element needs its comma: Python reads `(3)` as a number.
      if (axes.length === 1 || text.slice(at).trimStart()[0] !== ")") take(COMMA, "a comma within 'shape'");
    }
    return axes;
  };

  const dictionary: { -readonly [K in keyof NpyDictionary]?: NpyDictionary[K] } = {};
  take(OPEN, "a dictionary");
  while (next(CLOSE) === undefined) {
    const keyAt = at;
    const key = take(STRING, "a key");
    take(COLON, `a colon after '${cut(key)}'`);
    if (key === "descr" && dictionary.descr === undefined) {
      dictionary.descr = take(STRING, "a plain dtype for 'descr' (no structured dtypes)");
    } else if (key === "fortran_order" && dictionary.fortranOrder === undefined) {
      dictionary.fortranOrder = take(BOOLEAN, "True or False for 'fortran_order'") === "True";
    } else if (key === "shape" && dictionary.shape === undefined) {
      dictionary.shape = takeShape();
    } else {
      throw unexpected(text, keyAt, "'descr', 'fortran_order' and 'shape' once each");
    }
    if (next(CLOSE) !== undefined) break;
    take(COMMA, "a comma");
  }

  const { descr, fortranOrder, shape } = dictionary;
  if (descr === undefined || fortranOrder === undefined || shape === undefined) {
    throw unexpected(text, 0, "'descr', 'fortran_order' and 'shape' once each");
  }
  return { descr, fortranOrder, shape };
}

function unexpected(text: string, at: number, expected: string): BadRequest {
  const rest = text.slice(at).trim();
  const found = rest === "" ? "its end" : JSON.stringify(rest.slice(0, 40));
  return new BadRequest(`The header of the .npy file is malformed: expected ${expected}, found ${found}`);
}
