import { randomUUID } from "node:crypto";
import { createReadStream, createWriteStream } from "node:fs";
import { mkdir, readdir, rm, stat } from "node:fs/promises";
import { join } from "node:path";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import type { Segment } from "./types";

const CHUNK_BYTES = 256 * 1024;

/** An object's bytes are not where the journal says, or fewer or more. */
export class MissingData extends Error {
  constructor(file: string, is: string) {
    super(`${file} with bytes of this object is ${is}: delete the object, and upload it again`);
  }
}

/**
 * The files with the bytes of a bucket's objects, under names of their own, so that no key can name a path.
 * A file counts only once the journal names it. Removing one waits for those who still read it.
 */
export class DataFiles {
  readonly #readers = new Map<string, number>();
  readonly #doomed = new Set<string>();
  readonly #folder: string;

  private constructor(folder: string) {
    this.#folder = folder;
  }

  /** Opens, or makes, the folder and removes what is not in `referenced`: uploads that never ended. */
  static async open(folder: string, referenced: ReadonlySet<string>): Promise<DataFiles> {
    await mkdir(folder, { recursive: true });
    const data = new DataFiles(folder);
    await data.remove((await readdir(folder)).filter((file) => !referenced.has(file)));
    return data;
  }

  /** Writes a stream to a new file; leaves nothing behind when it fails. */
  async write(source: AsyncIterable<Uint8Array>): Promise<Segment> {
    const file = randomUUID();
    const stream = createWriteStream(join(this.#folder, file), { flags: "wx", highWaterMark: CHUNK_BYTES });
    try {
      await pipeline(source, stream);
    } catch (error) {
      await this.remove([file]);
      throw error;
    }
    return { file, size: stream.bytesWritten };
  }

  /**
   * Bytes `start` up to, not including, `end` of segments laid end to end. The stream holds their files until it is
   * destroyed.
   *
   * @throws MissingData  A file is gone, or was cut short.
   */
  async read(segments: readonly Segment[], start: number, end: number): Promise<Readable> {
    const wanted: { file: string; from: number; to: number; size: number }[] = [];
    let offset = 0;
    for (const { file, size } of segments) {
      const from = Math.max(start - offset, 0);
      const to = Math.min(end - offset, size);
      if (from < to) wanted.push({ file, from, to, size });
      offset += size;
    }
    for (const { file } of wanted) this.#readers.set(file, (this.#readers.get(file) ?? 0) + 1);
    try {
      await Promise.all(wanted.map((one) => this.#check(one)));
    } catch (error) {
      this.#release(wanted.map(({ file }) => file));
      throw error;
    }
    const [only] = wanted;
    const stream =
      only && wanted.length === 1
        ? this.#readFile(only)
        : Readable.from(this.#readAll(wanted), { objectMode: false });
    return stream.once("close", () => this.#release(wanted.map(({ file }) => file)));
  }

  async remove(files: readonly string[]): Promise<void> {
    const free = files.filter((file) => !this.#readers.has(file));
    for (const file of files) if (this.#readers.has(file)) this.#doomed.add(file);
    await Promise.all(free.map((file) => rm(join(this.#folder, file), { force: true })));
  }

  async #check({ file, size }: { file: string; size: number }): Promise<void> {
    const path = join(this.#folder, file);
    const found = await stat(path).catch(() => undefined);
    if (found?.size === size) return;
    throw new MissingData(
      path,
      found === undefined ? "gone" : `damaged (${found.size} bytes in place of ${size})`,
    );
  }

  async *#readAll(wanted: readonly { file: string; from: number; to: number }[]): AsyncGenerator<Buffer> {
    for (const one of wanted) yield* this.#readFile(one);
  }

  #readFile({ file, from, to }: { file: string; from: number; to: number }): Readable {
    return createReadStream(join(this.#folder, file), {
      start: from,
      end: to - 1,
      highWaterMark: CHUNK_BYTES,
    });
  }

  #release(files: readonly string[]): void {
    for (const file of files) {
      const readers = (this.#readers.get(file) ?? 1) - 1;
      if (readers > 0) this.#readers.set(file, readers);
      else {
        this.#readers.delete(file);
        // Nobody waits for this one; if it fails, the next start removes the file.
        if (this.#doomed.delete(file)) void this.remove([file]).catch(() => undefined);
      }
    }
  }
}
