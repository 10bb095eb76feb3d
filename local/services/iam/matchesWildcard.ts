/** A wildcard in a {@link Pattern}; longer than a character, so that no character of a text is taken for one. */
export const ANY = "any characters";
const ONE = "one character";

/** Characters and wildcards, one an item. */
export type Pattern = readonly string[];

/** Does `text` match `pattern`, where `*` stands for any characters and `?` for one? */
export function matchesWildcard(pattern: string, text: string): boolean {
  return isLiteral(pattern) ? pattern === text : matchesPattern(patternOf(pattern), text);
}

/** Whether a text has neither wildcards nor policy variables: most do not, and comparing them takes no pattern. */
export function isLiteral(text: string): boolean {
  return !/[*?$]/.test(text);
}

export function patternOf(text: string): Pattern {
  const characters = text.split("");
  if (isLiteral(text)) return characters;
  return characters.map((character) => (character === "*" ? ANY : character === "?" ? ONE : character));
}

/** Takes time proportional to both lengths at worst, whatever a key or a policy looks like; a regular expression does not. */
export function matchesPattern(pattern: Pattern, text: string): boolean {
  let p = 0;
  let t = 0;
  let star = -1;
  let retry = 0;
  while (t < text.length) {
    if (pattern[p] === ANY) {
      star = p++;
      retry = t;
    } else if (pattern[p] === ONE || (p < pattern.length && pattern[p] === text[t])) {
      p++;
      t++;
    } else if (star >= 0) {
      p = star + 1;
      t = ++retry;
    } else return false;
  }
  while (pattern[p] === ANY) p++;
  return p === pattern.length;
}

/** The text that stands for a pattern. */
export function textOf(pattern: Pattern): string {
  return pattern.map((item) => (item === ANY ? "*" : item === ONE ? "?" : item)).join("");
}

/** Each of an ARN's first five fields by itself; the sixth, the resource, may hold colons of its own. */
export function matchesArn(pattern: Pattern, arn: string): boolean {
  const [wanted, fields] = [splitArn(pattern), splitArn(arn.split(""))];
  if (wanted.length < 6 || fields.length < 6) return false;
  return wanted.every((part, index) => matchesPattern(part, (fields[index] ?? []).join("")));
}

/** At most six fields. */
export function splitArn(characters: Pattern): Pattern[] {
  const fields: string[][] = [[]];
  for (const character of characters) {
    if (character === ":" && fields.length < 6) fields.push([]);
    else fields.at(-1)?.push(character);
  }
  return fields;
}
