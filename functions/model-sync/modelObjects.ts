import type { Readable } from "node:stream";

/** The models' objects in the bucket, by their keys without the models' prefix. */
export interface ModelObjects {
  /** Gets size and identity of an object; `undefined` if it does not exist. */
  head(key: string): Promise<{ readonly bytes: number; readonly etag: string } | undefined>;
  /**
   * Reads an object from `offset` on.
   *
   * @param etag Identity that `head` returned; an object that was replaced since then is rejected.
   */
  read(key: string, options: { etag: string; offset: number; signal: AbortSignal }): Promise<Readable>;
}
