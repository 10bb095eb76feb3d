import { createWriteStream } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { BrokenModel } from "./brokenModel";

/** Up to this size, a model goes from the stream to a session directly; a session keeps a buffer twice. */
export const MAX_BUFFER_BYTES = 8 * 1024 * 1024;

/** A model's file, or one beside it, on this machine. */
export interface SpooledModel {
  /** The bytes of a small file, the path of a large one. */
  readonly model: Uint8Array | string;
  readonly bytes: number;
  /** Deletes the file, if there is one. */
  dispose(): Promise<void>;
}

/**
 * Reads a stream to its end: into memory or, if it is large, into a file of the temporary folder.
 *
 * @param maxBytes  Limit on the stream.
 * @param maxBufferBytes  Limit on the bytes that are kept in memory.
 * @throws BrokenModel  The stream exceeds `maxBytes`.
 */
export async function spool(
  stream: AsyncIterable<Uint8Array>,
  maxBytes: number,
  maxBufferBytes = MAX_BUFFER_BYTES,
): Promise<SpooledModel> {
  const chunks = stream[Symbol.asyncIterator]();
  const head: Uint8Array[] = [];
  let bytes = 0;
  const count = (chunk: Uint8Array) => {
    bytes += chunk.length;
    if (bytes > maxBytes) throw tooLarge(maxBytes);
    return chunk;
  };
  while (bytes <= maxBufferBytes) {
    const { value, done } = await chunks.next();
    if (done) return inMemory(Buffer.concat(head, bytes));
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

/** Wraps bytes that need no file. */
export function inMemory(model: Uint8Array): SpooledModel {
  return { model, bytes: model.length, dispose: async () => {} };
}

export function tooLarge(maxBytes: number): BrokenModel {
  return new BrokenModel(
    `It has more than ${maxBytes} bytes, the most that the function can load: upload a smaller model, or raise the function's \`memorySize\``,
  );
}
