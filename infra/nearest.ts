import { closest, distance } from "fastest-levenshtein";

/** ` (did you mean "x"?)` for a mistyped name, where one of the names is near; else nothing. */
export function nearest(name: string, names: readonly string[]): string {
  if (names.length === 0) return "";
  const found = closest(name, [...names]);
  return distance(name, found) <= Math.max(2, name.length / 3) ? ` (did you mean "${found}"?)` : "";
}
