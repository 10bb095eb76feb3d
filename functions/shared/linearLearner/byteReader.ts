import { BrokenModel } from "../modelStore/brokenModel";

/** Reads little-endian values one after the other; throws {@link BrokenModel} where the bytes end before. */
export class ByteReader {
  private offset = 0;

  /** @param what  Named in errors. */
  constructor(
    private readonly buffer: Buffer,
    private readonly what: string,
  ) {}

  bytes(length: number): Buffer {
    if (!(length <= this.buffer.length - this.offset)) {
      throw new BrokenModel(`${this.what} ends at byte ${this.buffer.length}, where more should follow`);
    }
    this.offset += length;
    return this.buffer.subarray(this.offset - length, this.offset);
  }

  uint32(): number {
    return this.bytes(4).readUInt32LE();
  }

  uint64(): number {
    return Number(this.bytes(8).readBigUInt64LE());
  }

  /** A uint64 that says how many things follow, of at least a byte each. */
  count(): number {
    const count = this.uint64();
    if (count > this.buffer.length - this.offset) this.bytes(count);
    return count;
  }

  text(length: number): string {
    return this.bytes(length).toString("utf8");
  }
}
