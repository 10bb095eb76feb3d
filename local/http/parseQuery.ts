/** Names and decoded values of a query string in order; a broken escape stays as it is, `+` is a space. */
export function parseQuery(rawQuery: string): [name: string, value: string][] {
  return [...new URLSearchParams(rawQuery)];
}
