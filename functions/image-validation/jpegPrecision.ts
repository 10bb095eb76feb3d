const MARKER = 0xff;

/** Reads the bits per sample from a JPEG's frame header; `undefined` if it has none. */
export function jpegPrecision(bytes: Uint8Array): number | undefined {
  // Segments follow the first two bytes: a marker, a length, the content.
  for (let at = 2; bytes[at] === MARKER; ) {
    const marker = bytes[at + 1] ?? 0;
    if (isFrameHeader(marker)) return bytes[at + 4];
    const length = ((bytes[at + 2] ?? 0) << 8) | (bytes[at + 3] ?? 0);
    // Any number of 0xff may precede a marker.
    at += marker === MARKER ? 1 : 2 + length;
  }
  return undefined;
}

/**
 * SOF0 to SOF15, except three tables with numbers in that range: https://www.w3.org/Graphics/JPEG/itu-t81.pdf, table
 * B.1
 */
function isFrameHeader(marker: number): boolean {
  return marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker);
}
