import type { Readable } from "node:stream";

/** What an action answers with. A stream is destroyed if the client goes away. */
export interface Answer {
  /** @default 200 */
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string | number | undefined>>;
  /** Text is XML. */
  readonly body?: string | Readable;
}
