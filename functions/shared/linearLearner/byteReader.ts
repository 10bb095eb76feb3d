import { BrokenModel } from "../modelStore/brokenModel";

/** Reads little-endian values one after the other; throws {@link BrokenModel} if the bytes end before. */
export class ByteReader {
  #offset = 0;
  readonly #buffer: Buffer;
  readonly #what: string;

  /** @param what  The name of the bytes in errors. */
  constructor(buffer: Buffer, what: string) {
    this.#buffer = buffer;
    this.#what = what;
  }

  bytes(length: number): Buffer {
    if (!(length <= this.#buffer.length - this.#offset)) {
      throw new BrokenModel(`${this.#what} ends at byte ${this.#buffer.length}, where more should follow`);
    }
    this.#offset += length;
    return this.#buffer.subarray(this.#offset - length, this.#offset);
  }

  uint32(): number {
    return this.bytes(4).readUInt32LE();
  }

  uint64(): number {
    return Number(this.bytes(8).readBigUInt64LE());
  }

  /** Reads a uint64 that counts items, each of at least so many bytes. */
  count(bytesEach: number): number {
    const count = this.uint64();
    if (count * bytesEach > this.#buffer.length - this.#offset) this.bytes(count * bytesEach);
    return count;
  }

  text(length: number): string {
    return this.bytes(length).toString("utf8");
  }
}
