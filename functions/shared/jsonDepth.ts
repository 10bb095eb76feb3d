import { endOfString } from "./jsonStrings";

/** Levels of nested lists and objects that a request may have; all recursive code relies on it. */
export const MAX_JSON_DEPTH = 100;

/** Whether JSON text is nested too deeply. Parsing it first would take memory for every level. */
export function isTextTooDeep(json: string): boolean {
  let depth = 0;
  for (let at = 0; at < json.length; at++) {
    switch (json.charCodeAt(at)) {
      case 0x22: // "
        at = endOfString(json, at);
        break;
      case 0x5b: // [
      case 0x7b: // {
        if (++depth > MAX_JSON_DEPTH) return true;
        break;
      case 0x5d: // ]
      case 0x7d: // }
        depth--;
        break;
    }
  }
  return false;
}

/** Whether a parsed JSON value is nested too deeply. */
export function isValueTooDeep(value: unknown, levels = MAX_JSON_DEPTH): boolean {
  if (typeof value !== "object" || value === null) return false;
  return levels === 0 || Object.values(value).some((member) => isValueTooDeep(member, levels - 1));
}
