/** Characters of a caller's value that are quoted in a message: enough to recognise it. */
const MAX_LENGTH = 100;

/** Shortens a caller's text for a message. */
export function cut(text: string): string {
  return text.length <= MAX_LENGTH ? text : `${text.slice(0, MAX_LENGTH - 1)}…`;
}

/** Formats a caller's value for a message: text in quotes, lists and objects by their kind only. */
export function shown(value: unknown): string {
  if (typeof value === "string") return JSON.stringify(cut(value));
  if (Array.isArray(value)) return "an array";
  return typeof value === "object" && value !== null ? "an object" : String(value);
}
