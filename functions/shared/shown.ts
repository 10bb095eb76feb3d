/** Characters of a caller's value in a message: enough to recognise it by. */
const MAX_LENGTH = 100;

/** Cuts a text that a caller chose, for a message. */
export function cut(text: string): string {
  return text.length <= MAX_LENGTH ? text : `${text.slice(0, MAX_LENGTH - 1)}…`;
}

/** Shows a value that a caller sent in a message: text in quotes, lists and objects by their kind only. */
export function shown(value: unknown): string {
  if (typeof value === "string") return JSON.stringify(cut(value));
  if (Array.isArray(value)) return "an array";
  return typeof value === "object" && value !== null ? "an object" : String(value);
}
