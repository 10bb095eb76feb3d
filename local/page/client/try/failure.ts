/** An error as the endpoint gives it. */
export interface Failure {
  readonly message: string;
  /** Messages by the field's path, with dots. */
  readonly byField: Readonly<Record<string, string>>;
}

/** Names of an error's sentence: the project's, the Open Inference Protocol's, the tutorial's, AWS's. */
const MESSAGES = ["message", "error", "reason", "Message"];

/** Reads the body of a response that is no 200. */
export function readFailure(status: number, text: string): Failure {
  const body = parse(text);
  if (typeof body !== "object" || body === null) return { message: text || `HTTP ${status}`, byField: {} };
  const members = body as Readonly<Record<string, unknown>>;
  const sentence = MESSAGES.map((name) => members[name]).find(
    (value) => typeof value === "string" && value !== "",
  );
  const errors = Array.isArray(members.errors) ? members.errors : [];
  const byField = errors.flatMap((error: { path?: unknown; message?: unknown }) =>
    typeof error?.path === "string" && error.path !== ""
      ? [[error.path, String(error.message)] as const]
      : [],
  );
  return { message: String(sentence ?? text), byField: Object.fromEntries(byField) };
}

/** JSON where it is JSON, else the text. */
export function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
