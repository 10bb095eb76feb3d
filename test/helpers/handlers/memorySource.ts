import { Readable } from "node:stream";
import { NotFound } from "../../../functions/shared/errors";
import type { ModelSource } from "../../../functions/shared/modelStore/modelSource";

/** Models in memory, which tests replace, break and take away; counts what it is asked. */
export class MemorySource implements ModelSource {
  readonly models = new Map<string, { readonly version: string; readonly content: Uint8Array }>();
  /** Keys in the order they were sent. */
  readonly sent: string[] = [];
  /** Lookups, whether or not anything was sent. */
  lookups = 0;
  /** If set, every lookup fails with it. */
  failure: Error | undefined;
  /** If set, half of a model is sent, and then this. */
  interruption: Error | undefined;

  put(key: string, content: Uint8Array, version = `${key}-${this.models.size}`): void {
    this.models.set(key, { version, content });
  }

  async fetch(key: string, knownVersion?: string) {
    this.lookups++;
    if (this.failure) throw this.failure;
    const model = this.models.get(key);
    if (model === undefined) throw new NotFound(`There is no model ${key}`);
    if (model.version === knownVersion) return undefined;
    this.sent.push(key);
    return {
      version: model.version,
      bytes: model.content.length,
      stream: Readable.from(this.#chunks(model.content)),
    };
  }

  async *#chunks(content: Uint8Array): AsyncGenerator<Uint8Array> {
    const half = Math.ceil(content.length / 2);
    yield content.subarray(0, half);
    if (this.interruption) throw this.interruption;
    yield content.subarray(half);
  }
}
