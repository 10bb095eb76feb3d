import { hash } from "node:crypto";
import { Readable } from "node:stream";
import type { ModelObjects } from "../../../functions/model-sync/modelObjects";

/** Models in memory in place of a bucket, and what was read of them. */
export class MemoryObjects implements ModelObjects {
  /** `key` of each read, with `@offset` where it did not begin at the front. */
  readonly reads: string[] = [];
  /** Bytes after which a read stops until its signal aborts it. @default never */
  stallAfter = Number.POSITIVE_INFINITY;
  readonly #objects = new Map<string, Buffer>();

  put(key: string, content: Buffer | string): void {
    this.#objects.set(key, Buffer.from(content));
  }

  /** Uploads a model's files and the card that lists them. */
  putModel(model: string, files: Readonly<Record<string, Buffer | string>>): void {
    for (const [name, content] of Object.entries(files)) this.put(`${model}/${name}`, content);
    this.put(`${model}/card.json`, JSON.stringify({ files: listed(files) }));
  }

  async head(key: string): Promise<{ bytes: number; etag: string } | undefined> {
    const object = this.#objects.get(key);
    return object && { bytes: object.length, etag: digest(object) };
  }

  async read(key: string, { etag, offset, signal }: { etag: string; offset: number; signal: AbortSignal }) {
    const object = this.#objects.get(key) as Buffer;
    if (digest(object) !== etag) throw new Error("412");
    this.reads.push(offset > 0 ? `${key}@${offset}` : key);
    const { stallAfter } = this;
    async function* chunks() {
      for (let at = offset; at < object.length; at += 1000) {
        if (at - offset >= stallAfter)
          await new Promise((_, reject) => signal.addEventListener("abort", reject));
        yield object.subarray(at, at + 1000);
      }
    }
    return Readable.from(chunks());
  }
}

function listed(files: Readonly<Record<string, Buffer | string>>) {
  return Object.entries(files).map(([path, content]) => {
    const bytes = Buffer.from(content);
    return { path, bytes: bytes.length, sha256: digest(bytes) };
  });
}

function digest(bytes: Buffer): string {
  return hash("sha256", bytes);
}
