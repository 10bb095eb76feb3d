/** The event by which a run has another one go on. */
export interface ContinueEvent {
  readonly batch: string;
}

/**
 * Reads an event: S3's notification, or what a run sends to continue.
 *
 * @returns  Keys of objects, each once.
 * @throws Error  The event is neither of the two.
 */
export function readEvent(event: unknown): readonly string[] {
  const { batch, Records } = (event ?? {}) as { batch?: unknown; Records?: unknown };
  if (typeof batch === "string") return [batch];
  if (!Array.isArray(Records)) {
    throw new Error('The event is neither {"batch": "<key>"} nor a notification of S3');
  }
  const records = Records as { readonly s3?: { readonly object?: { readonly key?: unknown } } }[];
  // S3 encodes keys like form fields: a space becomes a plus sign.
  const keys = records.map(({ s3 }) =>
    decodeURIComponent(String(s3?.object?.key ?? "").replaceAll("+", " ")),
  );
  return [...new Set(keys)];
}
