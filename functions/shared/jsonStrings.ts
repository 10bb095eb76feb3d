/** Finds the closing quote of the string that begins at `start`; the length of the text if there is none. */
export function endOfString(json: string, start: number): number {
  for (let end = json.indexOf('"', start + 1); end >= 0; end = json.indexOf('"', end + 1)) {
    let backslashes = 0;
    while (json[end - 1 - backslashes] === "\\") backslashes++;
    if (backslashes % 2 === 0) return end;
  }
  return json.length;
}

/**
 * Rewrites JSON text outside of strings: numbers and words that `JSON.parse` would round or reject.
 *
 * @param rewrite  Gets each part between two strings.
 */
export function rewriteOutsideStrings(json: string, rewrite: (part: string) => string): string {
  const parts: string[] = [];
  let at = 0;
  for (let quote = json.indexOf('"'); quote >= 0; quote = json.indexOf('"', at)) {
    const end = endOfString(json, quote) + 1;
    parts.push(rewrite(json.slice(at, quote)), json.slice(quote, end));
    at = end;
  }
  return [...parts, rewrite(json.slice(at))].join("");
}
