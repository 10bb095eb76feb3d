import type { Readable } from "node:stream";
import { BrokenModel } from "./brokenModel";

/** Bytes that tell what an archive is compressed with. */
const MAGIC_BYTES = 6;

/** Bytes that are read before they are looked at: all of most archives. */
const HEAD_BYTES = 64 * 1024;

/** First bytes in hexadecimal, and what writes them, of archives that are not read. */
const OTHERS: readonly (readonly [start: string, name: string])[] = [
  ["504b0304", "a zip"],
  ["504b0506", "an empty zip"],
  ["425a68", "compressed by bzip2"],
  ["fd377a585a00", "compressed by xz"],
  ["28b52ffd", "compressed by Zstandard"],
  ["377abcaf271c", "a 7z archive"],
  ["1f9d", "compressed by compress"],
];

/**
 * Looks at the start of an archive.
 *
 * @returns             Its chunks from the start, all of it if it is small, and whether it has to be unpacked before it
 *                      is a tar.
 * @throws BrokenModel  Compressed otherwise; says by what.
 */
export async function compressionOf(archive: Readable): Promise<{
  readonly chunks: AsyncIterable<Buffer>;
  readonly whole: Buffer | undefined;
  readonly isGzip: boolean;
}> {
  const incoming = archive[Symbol.asyncIterator]();
  let head: Buffer = Buffer.alloc(0);
  let isWhole = false;
  while (head.length < HEAD_BYTES && !isWhole) {
    const { value, done } = await incoming.next();
    if (done) isWhole = true;
    else head = Buffer.concat([head, value]);
  }
  const start = head.toString("hex", 0, MAGIC_BYTES);
  const other = OTHERS.find(([each]) => start.startsWith(each));
  if (other !== undefined) {
    throw new BrokenModel(`The archive is ${other[1]}: pack it with \`tar -czf model.tar.gz model.onnx\``);
  }
  async function* chunks(): AsyncGenerator<Buffer> {
    yield head;
    for (let next = await incoming.next(); !next.done; next = await incoming.next()) yield next.value;
  }
  return { chunks: chunks(), whole: isWhole ? head : undefined, isGzip: start.startsWith("1f8b") };
}
