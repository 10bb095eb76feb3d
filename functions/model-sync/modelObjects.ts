import type { Readable } from "node:stream";

/** The objects of the models in the bucket, by their key below the models' prefix. */
export interface ModelObjects {
  /** Size and identity of an object as it is now; `undefined` where there is none. */
  head(key: string): Promise<{ readonly bytes: number; readonly etag: string } | undefined>;
  /**
   * Reads from `offset` on.
   *
   * @param etag  Of the object that `head` saw: another one that took its place meanwhile is refused.
   */
  read(key: string, options: { etag: string; offset: number; signal: AbortSignal }): Promise<Readable>;
}
