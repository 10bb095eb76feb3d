import { matchesPattern, type Pattern } from "./matchesWildcard";

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
