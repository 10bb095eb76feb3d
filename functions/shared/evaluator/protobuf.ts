import { NotEvaluable } from "./value";

/** Bytes by wire type: 64 and 32 bits. */
const FIXED_BYTES: Readonly<Partial<Record<number, number>>> = { 1: 8, 5: 4 };

/** In place of the length of a varint. */
const VARINT = -1;

/**
 * Reads the fields of a protobuf message, one after the other: https://protobuf.dev/programming-guides/encoding/
 *
 * It is written for a cold start, when V8 interprets it: a forest has ten thousand fields of two to five bytes, which loops
 * over one array read several times faster than an object or a call for each.
 */
export class ProtobufReader {
  number = 0;
  /** Value of a varint. */
  int = 0;
  /** Bytes of all but a varint: 4 or 8 of a fixed field, or what follows a length. */
  length = VARINT;
  #at = 0;
  #start = 0;
  #tag = 0;
  readonly #message: Buffer;
  readonly #view: DataView;

  constructor(message: Buffer) {
    this.#message = message;
    this.#view = new DataView(message.buffer, message.byteOffset, message.length);
  }

  get bytes(): Buffer {
    return this.#message.subarray(this.#start, this.#start + this.length);
  }

  /** The bytes as text. */
  get text(): string {
    return this.#message.toString("utf8", this.#start, this.#start + this.length);
  }

  get float(): number {
    return this.#view.getFloat32(this.#start, true);
  }

  /**
   * Goes on to the next field.
   *
   * @returns  Whether there is one.
   * @throws NotEvaluable  The message is damaged.
   */
  next(): boolean {
    if (this.#at >= this.#message.length) return false;
    this.#tag = this.#readVarint();
    this.number = Math.floor(this.#tag / 8);
    const wireType = this.#tag % 8;
    if (wireType === 0) {
      this.int = this.#readVarint();
      this.length = VARINT;
      return true;
    }
    const length = wireType === 2 ? this.#readVarint() : FIXED_BYTES[wireType];
    if (length === undefined) throw new NotEvaluable("the file is no protobuf message");
    if (!(length >= 0 && length <= this.#message.length - this.#at)) {
      throw new NotEvaluable("the file ends too early");
    }
    this.length = length;
    this.#start = this.#at;
    this.#at += length;
    return true;
  }

  /** Adds the integers of a repeated field to a list: packed, or one of many, of which those that follow are read, too. */
  addInts(list: number[]): void {
    if (this.length !== VARINT) {
      const packed = new ProtobufReader(this.bytes);
      while (packed.#at < this.length) list.push(packed.#readVarint());
      return;
    }
    list.push(this.int);
    const message = this.#message;
    const tag = this.#tag;
    let at = this.#at;
    while (message[at] === tag) {
      const byte = message[at + 1] ?? 0x80;
      if (byte < 0x80) {
        list.push(byte);
        at += 2;
      } else {
        this.#at = at + 1;
        list.push(this.#readVarint());
        at = this.#at;
      }
    }
    this.#at = at;
  }

  /** Adds the floats of a repeated field to a list, as {@link addInts} does. */
  addFloats(list: number[]): void {
    const view = this.#view;
    for (let at = 0; at + 4 <= this.length; at += 4) list.push(view.getFloat32(this.#start + at, true));
    const message = this.#message;
    const tag = this.#tag;
    if (tag % 8 === 2) return;
    const last = message.length - 5;
    let at = this.#at;
    for (; at <= last && message[at] === tag; at += 5) list.push(view.getFloat32(at + 1, true));
    this.#at = at;
  }

  /** Adds the strings of a repeated field to a list, this one and short ones that follow. */
  addStrings(list: string[]): void {
    list.push(this.text);
    const message = this.#message;
    const tag = this.#tag;
    let at = this.#at;
    while (message[at] === tag) {
      const start = at + 2;
      const length = message[at + 1] ?? 0x80;
      // What is longer, or too long, is the next field's.
      if (length >= 0x80 || length > message.length - start) break;
      at = start + length;
      list.push(message.toString("utf8", start, at));
    }
    this.#at = at;
  }

  /** Adds the doubles of a repeated field to a list. */
  addDoubles(list: number[]): void {
    for (let at = 0; at + 8 <= this.length; at += 8) list.push(this.#view.getFloat64(this.#start + at, true));
  }

  /** Whole numbers beyond 2^53 are rounded: no size or index is one. */
  #readVarint(): number {
    const message = this.#message;
    // Four bytes without BigInt: tags, lengths and indexes have no more.
    let small = 0;
    for (let i = 0; i < 4; i++) {
      const byte = message[this.#at + i] ?? 0x80;
      small |= (byte & 0x7f) << (7 * i);
      if (byte < 0x80) {
        this.#at += i + 1;
        return small;
      }
    }
    let value = 0n;
    for (let shift = 0n; shift < 70n; shift += 7n) {
      const byte = message[this.#at++];
      if (byte === undefined) throw new NotEvaluable("the file ends too early");
      value |= BigInt(byte & 0x7f) << shift;
      if (byte < 0x80) return Number(BigInt.asIntN(64, value));
    }
    throw new NotEvaluable("the file is no protobuf message");
  }
}
