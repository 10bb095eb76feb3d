import { type FileHandle, open, readFile, rename, rm, writeFile } from "node:fs/promises";

/**
 * A file of JSON lines that only grows: what has a whole line there has happened. A line cut short (a full disk,
 * a process killed while writing) is dropped, so a reader sees all of an append or nothing of it after its last whole line.
 * Appends of one journal must not overlap; `BucketStore` queues them. A file beside it says how long it was when it was
 * opened or closed last: one that is shorter has lost lines, and is not taken for one that never had them.
 */
export class Journal<Entry> {
  readonly #path: string;
  #handle: FileHandle;
  #size: number;

  private constructor(
    path: string,
    handle: FileHandle,
    /** Bytes of whole lines. */
    size: number,
  ) {
    this.#path = path;
    this.#handle = handle;
    this.#size = size;
  }

  /** Opens, or makes, the journal and calls `replay` with each entry. @throws Error  It is damaged. */
  static async open<Entry>(path: string, replay: (entry: Entry) => void): Promise<Journal<Entry>> {
    const handle = await open(path, "a+");
    const content = await handle.readFile();
    const size = content.lastIndexOf(0x0a) + 1;
    const least = Number(await readFile(`${path}.bytes`, "utf8").catch(() => "0"));
    if (size < least) {
      await handle.close();
      throw new Error(
        `${path} is damaged (${size} bytes in place of ${least}): put back a copy of it; or delete ${path}.bytes, and objects that it names no more are lost.`,
      );
    }
    if (size < content.length) await handle.truncate(size);
    let start = 0;
    for (let line = 1; start < size; line++) {
      const end = content.indexOf(0x0a, start);
      try {
        replay(JSON.parse(content.toString("utf8", start, end)));
      } catch (cause) {
        await handle.close();
        throw new Error(
          `${path} is damaged in line ${line}: delete that line, and what it says of one object is lost.`,
          { cause },
        );
      }
      start = end + 1;
    }
    const journal = new Journal<Entry>(path, handle, size);
    await journal.#writeSize();
    return journal;
  }

  async append(entries: readonly Entry[]): Promise<void> {
    const lines = Buffer.from(entries.map((entry) => `${JSON.stringify(entry)}\n`).join(""));
    try {
      await this.#handle.appendFile(lines);
      this.#size += lines.length;
    } catch (error) {
      await this.#handle.truncate(this.#size);
      throw error;
    }
  }

  /** Replaces everything said so far by `entries`, which have to amount to the same. */
  async rewrite(entries: Iterable<Entry>): Promise<void> {
    const temporary = `${this.#path}.new`;
    const next = await open(temporary, "w");
    let size = 0;
    try {
      for (const entry of entries) {
        const line = Buffer.from(`${JSON.stringify(entry)}\n`);
        await next.appendFile(line);
        size += line.length;
      }
    } catch (error) {
      await rm(temporary, { force: true });
      throw error;
    } finally {
      await next.close();
    }
    await rm(`${this.#path}.bytes`, { force: true });
    await rename(temporary, this.#path);
    await this.#handle.close();
    this.#handle = await open(this.#path, "a+");
    this.#size = size;
    await this.#writeSize();
  }

  async close(): Promise<void> {
    await this.#handle.close();
    await this.#writeSize();
  }

  async #writeSize(): Promise<void> {
    // On a full disk, say, the next start only sees less.
    await writeFile(`${this.#path}.bytes`, `${this.#size}\n`).catch(() => undefined);
  }
}
