/**
 * Percent-encodes as Signature Version 4 prescribes: everything but `A-Z a-z 0-9 - . _ ~`, upper-case hex.
 * `encodeURIComponent` leaves five more characters alone, so they are done here.
 */
export function awsUriEncode(text: string, { keepSlash = false } = {}): string {
  const encoded = encodeURIComponent(text).replace(
    /[!'()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );
  return keepSlash ? encoded.replaceAll("%2F", "/") : encoded;
}
