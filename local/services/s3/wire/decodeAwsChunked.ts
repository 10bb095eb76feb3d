import { createHash } from "node:crypto";
import type { ChunkVerifier } from "../../iam/sigv4/chunkVerifier";
import { S3Error } from "../s3Error";

/** A chunk's or trailer's line is never longer than this in what the SDKs send. */
const MAX_LINE_BYTES = 16 * 1024;

/**
 * Takes the framing off a body of `Content-Encoding: aws-chunked`: `size[;chunk-signature=…]`, the data, at the end
 * trailing headers, which go to `trailers`. With a `verifier` every chunk's signature is checked.
 * Data is handed on as it comes; who keeps it must drop it when this throws.
 */
export async function* decodeAwsChunked(
  source: AsyncIterable<Buffer>,
  trailers: Map<string, string>,
  verifier?: ChunkVerifier,
): AsyncGenerator<Buffer> {
  const reader = new Reader(source);
  for (;;) {
    const [size = "", extension = ""] = (await reader.line()).split(";");
    if (!/^[0-9a-f]{1,12}$/i.test(size)) throw incomplete();
    const length = Number.parseInt(size, 16);
    const hash = verifier && createHash("sha256");
    for await (const data of reader.bytes(length)) {
      hash?.update(data);
      yield data;
    }
    const signature = /^chunk-signature=([0-9a-f]{64})$/.exec(extension.trim())?.[1];
    if (hash) verifier?.chunk(hash.digest("hex"), signature);
    if (length === 0) break;
    if ((await reader.line()) !== "") throw incomplete();
  }
  const lines: string[] = [];
  // The empty line at the end may be missing where there is no trailer.
  for (let line = await reader.line(true); line !== ""; line = await reader.line(true)) lines.push(line);
  for (const line of lines) {
    const colon = line.indexOf(":");
    trailers.set(line.slice(0, colon).trim().toLowerCase(), line.slice(colon + 1).trim());
  }
  const name = "x-amz-trailer-signature";
  if (verifier && lines.length > 0) {
    verifier.trailer(
      lines.filter((line) => !line.startsWith(name)),
      trailers.get(name),
    );
  }
}

class Reader {
  readonly #source: AsyncIterator<Buffer>;
  #rest: Buffer = Buffer.alloc(0);

  constructor(source: AsyncIterable<Buffer>) {
    this.#source = source[Symbol.asyncIterator]();
  }

  /** Up to the next line break; `""` at the end of the body where that is `optional`. */
  async line(optional = false): Promise<string> {
    for (;;) {
      const end = this.#rest.indexOf("\r\n");
      if (end >= 0) {
        const line = this.#rest.toString("latin1", 0, end);
        this.#rest = this.#rest.subarray(end + 2);
        return line;
      }
      if (this.#rest.length > MAX_LINE_BYTES) throw incomplete();
      const { value, done } = await this.#source.next();
      if (done && optional && this.#rest.length === 0) return "";
      if (done) throw incomplete();
      this.#rest = Buffer.concat([this.#rest, value]);
    }
  }

  async *bytes(length: number): AsyncGenerator<Buffer> {
    let missing = length;
    while (missing > 0) {
      if (this.#rest.length === 0) {
        const { value, done } = await this.#source.next();
        if (done) throw incomplete();
        this.#rest = value;
      }
      const data = this.#rest.subarray(0, missing);
      this.#rest = this.#rest.subarray(data.length);
      missing -= data.length;
      yield data;
    }
  }
}

function incomplete(): S3Error {
  return new S3Error("IncompleteBody", { message: "The request body terminated unexpectedly" });
}
