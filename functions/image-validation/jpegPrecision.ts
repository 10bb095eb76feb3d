const MARKER = 0xff;

/** Bits a sample of a JPEG, as its frame header says; `undefined` if it has none. */
export function jpegPrecision(bytes: Uint8Array): number | undefined {
  // Behind the first two bytes, segments follow each other: a marker, their length, their content.
  for (let at = 2; bytes[at] === MARKER; ) {
    const marker = bytes[at + 1] ?? 0;
    if (isFrameHeader(marker)) return bytes[at + 4];
    const length = ((bytes[at + 2] ?? 0) << 8) | (bytes[at + 3] ?? 0);
    // A marker may have any number of 0xff in front.
    at += marker === MARKER ? 1 : 2 + length;
  }
  return undefined;
}

/** SOF0 to SOF15 but for three tables whose numbers lie between: https://www.w3.org/Graphics/JPEG/itu-t81.pdf, table B.1 */
function isFrameHeader(marker: number): boolean {
  return marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker);
}
