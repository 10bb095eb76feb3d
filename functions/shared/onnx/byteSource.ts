import fs from "node:fs";

/** Bytes that are read ahead from a file: enough for the description of most graphs, without their weights. */
const WINDOW_BYTES = 256 * 1024;

/** The bytes of a model, in memory or in a file of any size, of which only the requested parts are read. */
export class ByteSource {
  readonly length: number;
  readonly #file: number | undefined;
  /** The part in memory, and its offset. */
  #window: Buffer;
  #windowStart = 0;

  /** @param model  Its bytes, or the path of a file, which stays open until {@link close}. */
  constructor(model: Uint8Array | string) {
    if (typeof model === "string") {
      this.#file = fs.openSync(model, "r");
      this.length = fs.fstatSync(this.#file).size;
      this.#window = Buffer.alloc(0);
    } else {
      this.#file = undefined;
      this.length = model.length;
      this.#window = Buffer.from(model.buffer, model.byteOffset, model.byteLength);
    }
  }

  byteAt(offset: number): number {
    const at = offset - this.#windowStart;
    if (at >= 0 && at < this.#window.length) return this.#window[at] as number;
    this.#moveTo(offset);
    return this.#window[0] ?? 0;
  }

  text(start: number, end: number): string {
    if (this.#file === undefined) return this.#window.toString("utf8", start, end);
    const bytes = Buffer.alloc(end - start);
    fs.readSync(this.#file, bytes, 0, bytes.length, start);
    return bytes.toString("utf8");
  }

  close(): void {
    if (this.#file !== undefined) fs.closeSync(this.#file);
  }

  #moveTo(offset: number): void {
    if (this.#file === undefined) throw new RangeError(`There is no byte ${offset} of ${this.length}`);
    const window = Buffer.alloc(Math.min(WINDOW_BYTES, Math.max(this.length - offset, 1)));
    fs.readSync(this.#file, window, 0, window.length, offset);
    this.#window = window;
    this.#windowStart = offset;
  }
}
