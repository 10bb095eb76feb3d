import { endOfString } from "./jsonStrings";

/** Levels of lists and objects within each other that a request may have; everything that recurses relies on it. */
export const MAX_JSON_DEPTH = 100;

/** Whether JSON text nests too deep. Parsing it to find out would take memory for every level. */
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

/** Whether a value that was parsed from JSON nests too deep. */
export function isValueTooDeep(value: unknown, levels = MAX_JSON_DEPTH): boolean {
  if (typeof value !== "object" || value === null) return false;
  return levels === 0 || Object.values(value).some((member) => isValueTooDeep(member, levels - 1));
}
