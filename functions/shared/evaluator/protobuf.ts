import { NotEvaluable } from "./value";

/** One field of a protobuf message: https://protobuf.dev/programming-guides/encoding/ */
export interface Field {
  readonly number: number;
  /** Of a varint. */
  readonly int: number;
  /** Of all else: 4 or 8 bytes of a fixed field, or what follows a length. */
  readonly bytes: Buffer;
}

/** A varint's. */
const NO_BYTES = Buffer.alloc(0);

/** Reads the fields of a message, one after the other. @throws NotEvaluable where it is damaged */
export function* fieldsOf(message: Buffer): Generator<Field> {
  const reader = { at: 0 };
  while (reader.at < message.length) {
    const tag = readVarint(message, reader);
    const number = Math.floor(tag / 8);
    switch (tag % 8) {
      case 0:
        yield { number, int: readVarint(message, reader), bytes: NO_BYTES };
        break;
      case 1:
        yield { number, int: 0, bytes: take(message, reader, 8) };
        break;
      case 2:
        yield { number, int: 0, bytes: take(message, reader, readVarint(message, reader)) };
        break;
      case 5:
        yield { number, int: 0, bytes: take(message, reader, 4) };
        break;
      default:
        throw new NotEvaluable("the file is no protobuf message");
    }
  }
}

/** Adds the integers of a repeated field, packed or one of many, to a list. */
export function addInts(list: number[], { int, bytes }: Field): void {
  if (bytes === NO_BYTES) {
    list.push(int);
    return;
  }
  const reader = { at: 0 };
  while (reader.at < bytes.length) list.push(readVarint(bytes, reader));
}

/** Adds the floats of a repeated field to a list. */
export function addFloats(list: number[], { bytes }: Field): void {
  for (let at = 0; at + 4 <= bytes.length; at += 4) list.push(bytes.readFloatLE(at));
}

/** Adds the doubles of a repeated field to a list. */
export function addDoubles(list: number[], { bytes }: Field): void {
  for (let at = 0; at + 8 <= bytes.length; at += 8) list.push(bytes.readDoubleLE(at));
}

interface Reader {
  at: number;
}

function take(message: Buffer, reader: Reader, length: number): Buffer {
  if (!(length <= message.length - reader.at)) throw new NotEvaluable("the file ends too early");
  reader.at += length;
  return message.subarray(reader.at - length, reader.at);
}

/** Whole numbers beyond 2^53 are rounded: no size or index is one. */
function readVarint(message: Buffer, reader: Reader): number {
  const first = message[reader.at] ?? 0x80;
  if (first < 0x80) {
    reader.at++;
    return first;
  }
  let value = 0n;
  for (let shift = 0n; shift < 70n; shift += 7n) {
    const byte = message[reader.at++];
    if (byte === undefined) throw new NotEvaluable("the file ends too early");
    value |= BigInt(byte & 0x7f) << shift;
    if (byte < 0x80) return Number(BigInt.asIntN(64, value));
  }
  throw new NotEvaluable("the file is no protobuf message");
}
