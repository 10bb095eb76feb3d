const [CLEAR, END, FIRST] = [256, 257, 258];
const [MIN_BITS, MAX_BITS] = [9, 12];

/**
 * Decodes TIFF's LZW: codes of 9 to 12 bits, the most significant bit first. TIFF 6.0, section 13.
 *
 * @param maxBytes  Decoding stops there: a few bytes may stand for a thousand times as many.
 * @throws Error    A code that no encoder writes.
 */
export function decodeLzw(input: Uint8Array, maxBytes: number): Uint8Array {
  const output = new Uint8Array(maxBytes);
  // A code stands for a string that was written before: where it begins, and its length.
  const starts = new Uint32Array(1 << MAX_BITS);
  const lengths = new Uint32Array(1 << MAX_BITS);
  let [codes, width] = [FIRST, MIN_BITS];
  let [at, bits, pending, written] = [0, 0, 0, 0];
  let [previous, previousLength] = [0, 0];

  while (written < maxBytes) {
    for (; bits < width; bits += 8) {
      if (at >= input.length) return output.subarray(0, written);
      pending = ((pending << 8) | (input[at++] as number)) & 0xff_ffff;
    }
    bits -= width;
    const code = (pending >> bits) & ((1 << width) - 1);
    if (code === END) break;
    if (code === CLEAR) {
      [codes, width, previousLength] = [FIRST, MIN_BITS, 0];
      continue;
    }
    const start = written;
    if (code < CLEAR) {
      output[written++] = code;
    } else {
      // The code that is defined next is the string before and its first byte, which is written meanwhile.
      const known = code < codes;
      if (!known && (code > codes || previousLength === 0)) throw new Error(`no such LZW code: ${code}`);
      let from = known ? (starts[code] as number) : previous;
      const length = known ? (lengths[code] as number) : previousLength + 1;
      const end = Math.min(start + length, maxBytes);
      while (written < end) output[written++] = output[from++] as number;
    }
    if (previousLength > 0 && codes < 1 << MAX_BITS) {
      starts[codes] = previous;
      lengths[codes++] = previousLength + 1;
      // One code earlier than in GIF.
      if (codes === (1 << width) - 1 && width < MAX_BITS) width++;
    }
    [previous, previousLength] = [start, written - start];
  }
  return output.subarray(0, written);
}
