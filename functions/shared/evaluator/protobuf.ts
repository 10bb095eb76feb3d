import { NotEvaluable } from "./value";

/** Bytes by wire type: 64 and 32 bits. */
const FIXED_BYTES: Readonly<Partial<Record<number, number>>> = { 1: 8, 5: 4 };

/** In place of the length of a varint. */
const VARINT = -1;

/** One field of a protobuf message: https://protobuf.dev/programming-guides/encoding/ */
export class Field {
  number = 0;
  /** Bytes of a varint. */
  int = 0;
  /** Bytes of all but a varint: 4 or 8 of a fixed field, or what follows a length. */
  length = VARINT;
  #start = 0;
  readonly #message: Buffer;

  constructor(message: Buffer) {
    this.#message = message;
  }

  get isVarint(): boolean {
    return this.length === VARINT;
  }

  get bytes(): Buffer {
    return this.#message.subarray(this.#start, this.#start + this.length);
  }

  /** The bytes as text. */
  get text(): string {
    return this.#message.toString("utf8", this.#start, this.#start + this.length);
  }

  float(at: number): number {
    return this.#message.readFloatLE(this.#start + at);
  }

  double(at: number): number {
    return this.#message.readDoubleLE(this.#start + at);
  }

  /** Becomes the field that begins at a tag. */
  read(reader: Reader): void {
    const tag = readVarint(this.#message, reader);
    this.number = Math.floor(tag / 8);
    const wireType = tag % 8;
    if (wireType === 0) {
      this.int = readVarint(this.#message, reader);
      this.length = VARINT;
      return;
    }
    const length = wireType === 2 ? readVarint(this.#message, reader) : FIXED_BYTES[wireType];
    if (length === undefined) throw new NotEvaluable("the file is no protobuf message");
    if (!(length >= 0 && length <= this.#message.length - reader.at)) {
      throw new NotEvaluable("the file ends too early");
    }
    this.length = length;
    this.#start = reader.at;
    reader.at += length;
  }
}

/**
 * Reads the fields of a message, one after the other.
 *
 * @returns  The same object each time: a forest has a hundred thousand fields of four bytes.
 * @throws NotEvaluable  The message is damaged.
 */
export function* fieldsOf(message: Buffer): Generator<Field> {
  const reader = { at: 0 };
  const field = new Field(message);
  while (reader.at < message.length) {
    field.read(reader);
    yield field;
  }
}

/** Adds the integers of a repeated field, packed or one of many, to a list. */
export function addInts(list: number[], field: Field): void {
  if (field.isVarint) {
    list.push(field.int);
    return;
  }
  const { bytes } = field;
  const reader = { at: 0 };
  while (reader.at < bytes.length) list.push(readVarint(bytes, reader));
}

/** Adds the floats of a repeated field to a list. */
export function addFloats(list: number[], field: Field): void {
  for (let at = 0; at + 4 <= field.length; at += 4) list.push(field.float(at));
}

/** Adds the doubles of a repeated field to a list. */
export function addDoubles(list: number[], field: Field): void {
  for (let at = 0; at + 8 <= field.length; at += 8) list.push(field.double(at));
}

interface Reader {
  at: number;
}

/** Whole numbers beyond 2^53 are rounded: no size or index is one. */
function readVarint(message: Buffer, reader: Reader): number {
  // Four bytes without BigInt: tags, lengths and indexes have no more.
  let small = 0;
  for (let i = 0; i < 4; i++) {
    const byte = message[reader.at + i] ?? 0x80;
    small |= (byte & 0x7f) << (7 * i);
    if (byte < 0x80) {
      reader.at += i + 1;
      return small;
    }
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
