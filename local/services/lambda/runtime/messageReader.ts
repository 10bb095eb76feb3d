/** A request or response of HTTP/1.1. */
export interface Message {
  /** `GET /path HTTP/1.1` or `HTTP/1.1 200 OK`. */
  readonly startLine: string;
  /** Values by name in lower case; of a repeated name the last. */
  readonly headers: ReadonlyMap<string, string>;
  /** The body, or its beginning where the reader keeps no more. */
  readonly body: Buffer;
  /** Length of the whole body. */
  readonly bytes: number;
}

const NOTHING = Buffer.alloc(0);
/** Room for a client context in a header. */
const MAX_HEAD_BYTES = 81_920;

/**
 * Reads what comes over one connection of the Runtime API, at either end. A warm request has four messages there;
 * `node:http`, which can do far more than they need, takes a third of its time for them.
 * @see https://www.rfc-editor.org/rfc/rfc9112
 */
export class MessageReader {
  readonly #onMessage: (message: Message) => void;
  readonly #keptBytes: number;
  #head: Pick<Message, "startLine" | "headers"> | undefined;
  /** The beginning of a head or of a chunk's line, until its end is there. */
  #begin: Buffer = NOTHING;
  #parts: Buffer[] = [];
  #bytes = 0;
  /** Bytes of the body, or of its chunk, that are still to come. */
  #missing = 0;
  #isChunked = false;
  #isLastChunk = false;

  /** @param keptBytes  Of a body; what is beyond them is read and dropped. @default all */
  constructor(onMessage: (message: Message) => void, keptBytes = Number.POSITIVE_INFINITY) {
    this.#onMessage = onMessage;
    this.#keptBytes = keptBytes;
  }

  /** @throws Error  The sender does not speak HTTP/1.1. */
  push(chunk: Buffer): void {
    let rest = chunk;
    while (rest.length > 0) {
      if (this.#head === undefined) rest = this.#readHead(rest);
      else if (this.#missing > 0) rest = this.#readBody(rest);
      else rest = this.#readChunkLine(rest);
    }
  }

  #readHead(bytes: Buffer): Buffer {
    const [head, rest] = this.#readUntil("\r\n\r\n", bytes);
    if (head === undefined) return rest;
    const [startLine = "", ...lines] = head.split("\r\n");
    const headers = new Map<string, string>();
    for (const line of lines) {
      const colon = line.indexOf(":");
      headers.set(line.slice(0, colon).toLowerCase(), line.slice(colon + 1).trim());
    }
    this.#head = { startLine, headers };
    this.#isChunked = /\bchunked$/i.test(headers.get("transfer-encoding") ?? "");
    if (!this.#isChunked) {
      this.#missing = lengthOf(headers.get("content-length") ?? "0", 10);
      if (this.#missing === 0) this.#end();
    }
    return rest;
  }

  #readBody(bytes: Buffer): Buffer {
    const part = bytes.subarray(0, this.#missing);
    this.#missing -= part.length;
    this.#bytes += part.length;
    if (this.#bytes <= this.#keptBytes) this.#parts.push(part);
    if (this.#missing === 0 && !this.#isChunked) this.#end();
    return bytes.subarray(part.length);
  }

  /** Reads a chunk's length, the empty line behind a chunk, or what ends the last one. */
  #readChunkLine(bytes: Buffer): Buffer {
    const [line, rest] = this.#readUntil("\r\n", bytes);
    if (line === undefined) return rest;
    if (this.#isLastChunk) {
      if (line === "") this.#end();
    } else if (line !== "") {
      this.#missing = lengthOf(line.split(";")[0] ?? "", 16);
      this.#isLastChunk = this.#missing === 0;
    }
    return rest;
  }

  #readUntil(separator: string, bytes: Buffer): [found: string | undefined, rest: Buffer] {
    const text = this.#begin.length === 0 ? bytes : Buffer.concat([this.#begin, bytes]);
    const end = text.indexOf(separator);
    if (end < 0 && text.length > MAX_HEAD_BYTES) throw new Error("The head of a message is too long.");
    this.#begin = end < 0 ? text : NOTHING;
    if (end < 0) return [undefined, NOTHING];
    return [text.toString("latin1", 0, end), text.subarray(end + separator.length)];
  }

  #end(): void {
    const { startLine = "", headers = new Map<string, string>() } = this.#head ?? {};
    const [first = NOTHING, ...others] = this.#parts;
    const body = others.length === 0 ? first : Buffer.concat(this.#parts);
    const bytes = this.#bytes;
    this.#head = undefined;
    this.#parts = [];
    this.#bytes = 0;
    this.#isLastChunk = false;
    this.#onMessage({ startLine, headers, body, bytes });
  }
}

function lengthOf(text: string, radix: 10 | 16): number {
  if (!/^[0-9a-f]{1,15}$/i.test(text.trim())) throw new Error("A message has a length that is not a number.");
  return Number.parseInt(text, radix);
}
