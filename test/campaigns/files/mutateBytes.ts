import type { Random } from "./random";

/** Lengths and counts that a parser may believe. */
const ODD_INTEGERS = [
  0n,
  1n,
  0x7fn,
  0x80n,
  0xffn,
  0x7fff_ffffn,
  0x8000_0000n,
  0xffff_ffffn,
  2n ** 63n,
  2n ** 64n - 1n,
];

/** Texts that formats are made of. */
const ODD_STRINGS = [
  "0",
  "-1",
  "1e309",
  "NaN",
  "{",
  "}",
  "[",
  "]",
  "(",
  ")",
  ",",
  "\n",
  '"',
  "'",
  "../",
  "\u0000",
  "L".repeat(300),
];

type Change = (bytes: Buffer, random: Random, other: Buffer) => Buffer;

const CHANGES: readonly Change[] = [
  // A bit.
  (bytes, random) => {
    const at = random.below(bytes.length);
    bytes[at] = (bytes[at] ?? 0) ^ (1 << random.below(8));
    return bytes;
  },
  // A byte.
  (bytes, random) => {
    bytes[random.below(bytes.length)] = random.below(256);
    return bytes;
  },
  // Near the front, where headers are.
  (bytes, random) => {
    bytes[random.below(Math.min(bytes.length, 200))] = random.below(256);
    return bytes;
  },
  // An integer of 4 or 8 bytes in its place.
  (bytes, random) => {
    const size = random.pick([2, 4, 8]);
    if (bytes.length < size) return bytes;
    const value = Buffer.alloc(8);
    value.writeBigUInt64LE(random.pick(ODD_INTEGERS));
    const inOrder = random.below(2) === 0 ? value.subarray(0, size) : value.subarray(0, size).reverse();
    inOrder.copy(bytes, random.below(bytes.length - size));
    return bytes;
  },
  // The end is missing.
  (bytes, random) => bytes.subarray(0, random.below(bytes.length)),
  // A part is missing.
  (bytes, random) => {
    const start = random.below(bytes.length);
    return Buffer.concat([bytes.subarray(0, start), bytes.subarray(start + 1 + random.below(64))]);
  },
  // A part is there twice.
  (bytes, random) => {
    const start = random.below(bytes.length);
    const part = bytes.subarray(start, start + 1 + random.below(256));
    return Buffer.concat([bytes.subarray(0, start), part, bytes.subarray(start)]);
  },
  // Another file goes on from here.
  (bytes, random, other) =>
    Buffer.concat([
      bytes.subarray(0, random.below(bytes.length)),
      other.subarray(random.below(other.length)),
    ]),
  // A text.
  (bytes, random) => {
    const at = random.below(bytes.length);
    return Buffer.concat([bytes.subarray(0, at), Buffer.from(random.pick(ODD_STRINGS)), bytes.subarray(at)]);
  },
  // Zeros.
  (bytes, random) => {
    const start = random.below(bytes.length);
    bytes.fill(0, start, Math.min(start + random.below(64), bytes.length));
    return bytes;
  },
];

/** Makes a damaged file of one of a corpus, by one to three changes. */
export function mutateBytes(corpus: readonly Buffer[], random: Random): Buffer {
  let bytes: Buffer = Buffer.from(random.pick(corpus));
  for (let changes = 1 + random.below(3); changes > 0 && bytes.length > 0; changes--) {
    bytes = random.pick(CHANGES)(bytes, random, random.pick(corpus));
  }
  return bytes;
}
