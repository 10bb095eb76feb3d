import { BrokenModel } from "../modelStore/brokenModel";
import type { ByteSource } from "./byteSource";

/** A field of a protobuf message: https://protobuf.dev/programming-guides/encoding/ */
export interface Field {
  readonly number: number;
  /** Its number as far as a double holds it; 0 for anything else. */
  readonly value: number;
  /** Offsets of the content's beginning and end; empty for a number. */
  readonly start: number;
  readonly end: number;
}

const MAX_VARINT_BYTES = 10;

/** Wire types: a number, or content after its length. */
const [NUMBER, CONTENT] = [0, 2];
/** Bytes that follow the other types, and those of a number, which are read already. */
const FIXED_LENGTHS = new Map([
  [NUMBER, 0],
  [1, 8],
  [5, 4],
]);

/** Protobuf's own readers go no deeper. */
const MAX_DEPTH = 100;

/**
 * Calls `visit` with each field of a message, in their order. The field is only valid during the call: a model of
 * trees has millions.
 *
 * @param depth         Messages that this one lies in.
 * @throws BrokenModel  These bytes are no message, or the messages in it lie too deep.
 */
export function visitFields(
  bytes: ByteSource,
  { start, end }: Pick<Field, "start" | "end">,
  depth: number,
  visit: (field: Field) => void,
): void {
  if (depth > MAX_DEPTH) throw new BrokenModel(`Its graphs lie in each other more than ${MAX_DEPTH} deep`);
  let at = start;
  const varint = (): number => {
    let value = 0;
    for (let [count, factor] = [1, 1]; ; count++, factor *= 128) {
      if (at >= end || count > MAX_VARINT_BYTES) throw damaged();
      const byte = bytes.byteAt(at++);
      value += (byte & 127) * factor;
      if (byte < 128) return value;
    }
  };
  const field = { number: 0, value: 0, start: 0, end: 0 };
  while (at < end) {
    const tag = varint();
    const wireType = tag % 8;
    field.number = Math.floor(tag / 8);
    field.value = wireType === NUMBER ? varint() : 0;
    const length = wireType === CONTENT ? varint() : FIXED_LENGTHS.get(wireType);
    if (length === undefined || length > end - at) throw damaged();
    field.start = at;
    field.end = at += length;
    visit(field);
  }
}

function damaged(): BrokenModel {
  return new BrokenModel("It is no ONNX model, or not a whole one: save it again, and copy all of it");
}
