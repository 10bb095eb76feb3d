/** The edit of a field: it stays, is removed, or gets other content (a number can only stay or be removed). */
export type Edit = "keep" | "remove" | Buffer;

/** Wire types: https://protobuf.dev/programming-guides/encoding/ */
const [NUMBER, CONTENT] = [0, 2];
const FIXED_LENGTHS = new Map([
  [1, 8],
  [5, 4],
]);

/**
 * Rewrites a protobuf message, whose fields stay in their order.
 *
 * @param edit  Gets each field with its content: a text, bytes, a message of its own, or the bytes of a number.
 * @param more  Fields to add at the end.
 */
export function editMessage(
  message: Buffer,
  edit: (field: number, content: Buffer) => Edit,
  more: readonly Buffer[] = [],
): Buffer {
  const parts: Buffer[] = [];
  let at = 0;
  const varint = (): number => {
    let value = 0;
    for (let factor = 1; ; factor *= 128) {
      const byte = message[at++] ?? 0;
      value += (byte & 127) * factor;
      if (byte < 128) return value;
    }
  };
  while (at < message.length) {
    const start = at;
    const tag = varint();
    const wireType = tag % 8;
    const length = wireType === CONTENT ? varint() : (FIXED_LENGTHS.get(wireType) ?? 0);
    const contentStart = at;
    if (wireType === NUMBER) varint();
    at += length;
    const number = Math.floor(tag / 8);
    const edited = edit(number, message.subarray(contentStart, at));
    if (edited === "keep") parts.push(message.subarray(start, at));
    else if (edited !== "remove") parts.push(contentField(number, edited));
  }
  return Buffer.concat([...parts, ...more]);
}

/** Writes a field with content. */
export function contentField(number: number, content: Buffer | string): Buffer {
  const bytes = Buffer.from(content);
  return Buffer.concat([encodeVarint(number * 8 + CONTENT), encodeVarint(bytes.length), bytes]);
}

/** Writes a field with a number. */
export function numberField(number: number, value: number): Buffer {
  return Buffer.concat([encodeVarint(number * 8 + NUMBER), encodeVarint(value)]);
}

function encodeVarint(value: number): Buffer {
  const bytes: number[] = [];
  let rest = value;
  for (; rest > 127; rest = Math.floor(rest / 128)) bytes.push((rest % 128) + 128);
  bytes.push(rest);
  return Buffer.from(bytes);
}
