import { hash } from "node:crypto";
import { type BatchObjects, Changed, type FileInfo } from "../../../functions/batch/batchObjects";
import type { Called } from "../../../functions/batch/callFunction";
import { type EndpointDescription, jsonTarget } from "../../../functions/batch/jsonTarget";
import type { RunOptions } from "../../../functions/batch/runBatch";

interface StoredObject {
  readonly body: string;
  readonly info: FileInfo;
}

/** The upload bucket in memory, with S3's conditions on writes. */
export class MemoryBatchObjects implements BatchObjects {
  readonly objects = new Map<string, StoredObject>();
  /** Called before and after each write: it may throw, as a process that is killed does nothing more. */
  onWrite: (when: "before" | "after", key: string) => void = () => {};
  #version = 0;

  upload(key: string, body: string): void {
    this.#store(key, body, {});
  }

  text(key: string): string | undefined {
    return this.objects.get(key)?.body;
  }

  async head(key: string) {
    return this.objects.get(key)?.info;
  }

  async get(key: string) {
    const found = this.objects.get(key);
    return found && { etag: found.info.etag, text: found.body };
  }

  async put(key: string, body: string, { ifMatch, metadata = {} }: Parameters<BatchObjects["put"]>[2] = {}) {
    this.onWrite("before", key);
    const etag = this.objects.get(key)?.info.etag;
    if (ifMatch === null ? etag !== undefined : ifMatch !== undefined && etag !== ifMatch)
      throw new Changed(key);
    this.#store(key, body, metadata);
    this.onWrite("after", key);
    return this.objects.get(key)?.info.etag ?? "";
  }

  open(key: string, { bytes, etag }: FileInfo) {
    const { objects } = this;
    return {
      bytes,
      async *chunks(from: number) {
        for (let at = from; at < bytes; at += 1000) {
          const found = objects.get(key);
          if (found?.info.etag !== etag) throw new Changed(key);
          yield Buffer.from(found.body).subarray(at, at + 1000);
        }
      },
    };
  }

  async write(key: string, pieces: AsyncIterable<string>) {
    let body = "";
    for await (const piece of pieces) body += piece;
    this.onWrite("before", key);
    this.#store(key, body, {});
    this.onWrite("after", key);
  }

  #store(key: string, body: string, metadata: Readonly<Record<string, string>>) {
    const versionId = String(++this.#version);
    const info = { versionId, etag: hash("sha256", body), bytes: Buffer.byteLength(body), metadata };
    this.objects.set(key, { body, info: { ...info, uploadedAt: new Date() } });
  }
}

/** An endpoint that doubles `x`, takes `instances`, and refuses an `x` that is no number. */
export const DOUBLING: EndpointDescription = {
  request: { properties: { x: { type: "number" } }, required: ["x"] },
  rows: {},
};

/** Answers as the endpoint does; every row that it is asked for is added to `asked`. */
export function double(body: string, asked: unknown[] = []): Called {
  const { instances } = JSON.parse(body) as { instances: { x: unknown }[] };
  asked.push(...instances.map(({ x }) => x));
  const errors = instances.flatMap(({ x }, i) =>
    typeof x === "number" ? [] : [{ path: `instances.${i}.x`, message: "must be a number" }],
  );
  if (errors.length > 0)
    return { status: 400, body: JSON.stringify({ message: "wrong", errors: errors.slice(0, 20) }) };
  return { status: 200, body: JSON.stringify(instances.map(({ x }) => Number(x) * 2)) };
}

/** A run of the doubling endpoint on these objects. */
export function doublingRun(objects: BatchObjects, options: Partial<RunOptions> = {}): RunOptions {
  return {
    objects,
    run: "run-1",
    open: async () => jsonTarget(DOUBLING),
    call: async (_batch, _path, body) => double(body),
    hasTime: () => true,
    ...options,
  };
}
