/** What is known of a request, by condition key (`s3:prefix`, `aws:SecureTransport`); a key's name compares without case. */
export type Context = Readonly<Record<string, string | readonly string[] | undefined>>;

/** A key's values; none where the request does not have the key. */
export function valuesOf(context: Context, key: string): readonly string[] {
  const wanted = key.toLowerCase();
  const found = Object.entries(context).find(
    ([name, value]) => value !== undefined && name.toLowerCase() === wanted,
  );
  return [found?.[1] ?? []].flat();
}

/** Whether a key is one that may have several values, for which conditions need `ForAnyValue` or `ForAllValues`. */
export function isMultivalued(context: Context, key: string): boolean {
  const wanted = key.toLowerCase();
  return Object.entries(context).some(
    ([name, value]) => name.toLowerCase() === wanted && Array.isArray(value),
  );
}
