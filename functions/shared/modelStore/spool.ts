import { createWriteStream } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { BrokenModel } from "./brokenModel";

/** Up to this size a model goes straight from the stream to a session; a session keeps twice a buffer's size. */
const MAX_BUFFER_BYTES = 8 * 1024 * 1024;

/** A model's ONNX on this machine. */
export interface SpooledModel {
  /** The bytes of a small model, the path of a large one. */
  readonly model: Uint8Array | string;
  readonly bytes: number;
  /** Deletes the file, if there is one. */
  dispose(): Promise<void>;
}

/**
 * Reads a stream to its end: into memory, or into a file of the temporary folder where it is large.
 *
 * @param maxBytes      Of the stream.
 * @throws BrokenModel  The stream has more.
 */
export async function spool(stream: AsyncIterable<Uint8Array>, maxBytes: number): Promise<SpooledModel> {
  const chunks = stream[Symbol.asyncIterator]();
  const head: Uint8Array[] = [];
  let bytes = 0;
  const count = (chunk: Uint8Array) => {
    bytes += chunk.length;
    if (bytes > maxBytes)
      throw new BrokenModel(`The model has more than ${maxBytes} bytes, which is the most`);
    return chunk;
  };
  while (bytes <= MAX_BUFFER_BYTES) {
    const { value, done } = await chunks.next();
    if (done) return inMemory(head, bytes);
    head.push(count(value));
  }
  async function* all() {
    yield* head.splice(0);
    for (let next = await chunks.next(); !next.done; next = await chunks.next()) yield count(next.value);
  }
  const folder = await mkdtemp(path.join(os.tmpdir(), "model-"));
  const dispose = () => rm(folder, { recursive: true, force: true });
  try {
    const file = path.join(folder, "model.onnx");
    await pipeline(Readable.from(all()), createWriteStream(file));
    return { model: file, bytes, dispose };
  } catch (error) {
    await dispose();
    throw error;
  }
}

function inMemory(chunks: readonly Uint8Array[], bytes: number): SpooledModel {
  return { model: Buffer.concat(chunks, bytes), bytes, dispose: async () => {} };
}
