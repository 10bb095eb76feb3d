import { createHash, type Hash } from "node:crypto";
import { createReadStream, createWriteStream } from "node:fs";
import { mkdir, open, rename, rm, stat } from "node:fs/promises";
import path from "node:path";
import { pipeline } from "node:stream/promises";
import type { VolumeFile } from "../shared/volume/volumeManifest";
import { CopyUnfinished, ModelIncomplete } from "./errors";
import type { ModelObjects } from "./modelObjects";

export interface CopyOptions {
  readonly objects: ModelObjects;
  /** The object's key without the models' prefix. */
  readonly key: string;
  readonly file: VolumeFile;
  /** Temporary file; a partial download is resumed. */
  readonly partial: string;
  /** Final path; the complete file appears there in one step. */
  readonly target: string;
  /** Aborts when the function's time is nearly over. */
  readonly signal: AbortSignal;
}

/**
 * Streams an object to the volume, so that memory does not grow with its size. Compares its SHA-256 before the file
 * appears under its final name.
 *
 * @throws CopyUnfinished The time is over: the copied bytes stay in `partial`.
 * @throws ModelIncomplete  The object is missing, or differs from what the card describes.
 */
export async function copyFile(options: CopyOptions): Promise<void> {
  const { key, file, partial, target } = options;
  await mkdir(path.dirname(partial), { recursive: true });
  await mkdir(path.dirname(target), { recursive: true });
  let { sha256, resumedAt } = await download(options);
  if (sha256 !== file.sha256 && resumedAt > 0) {
    // An earlier call left other bytes: the object itself may be right.
    await rm(partial, { force: true });
    ({ sha256, resumedAt } = await download(options));
  }
  if (sha256 !== file.sha256) {
    // Whatever failed, resuming from these bytes cannot succeed.
    await rm(partial, { force: true });
    throw new ModelIncomplete(`${key} has the SHA-256 ${sha256}; its card says ${file.sha256}`);
  }
  await flush(partial);
  await rename(partial, target);
}

/** Downloads what `partial` lacks. Returns the digest of the whole, and how many bytes an earlier call had left. */
async function download(options: CopyOptions): Promise<{ sha256: string; resumedAt: number }> {
  const { objects, key, file, partial, signal } = options;
  const object = await objects.head(key);
  if (object?.bytes !== file.bytes) {
    const is = object === undefined ? "is not in the bucket" : `has ${object.bytes} bytes`;
    throw new ModelIncomplete(`${key} ${is}; its card says ${file.bytes} bytes`);
  }
  try {
    const hash = createHash("sha256");
    const offset = await hashPartial(partial, file.bytes, hash, signal);
    if (offset < file.bytes) {
      const body = await objects.read(key, { etag: object.etag, offset, signal });
      await pipeline(body, hashed(hash), createWriteStream(partial, { flags: "a" }), { signal });
    }
    return { sha256: hash.digest("hex"), resumedAt: offset };
  } catch (cause) {
    if (!isTimeUp(signal)) throw cause;
    const bytes = await sizeOf(partial);
    throw new CopyUnfinished(
      `Time is up with ${bytes} of ${file.bytes} bytes of ${key} copied (${Math.floor((bytes / file.bytes) * 100)} %): the next call goes on from there`,
      { cause },
    );
  }
}

/** True only if the deadline, not a lost lock, aborted the copy. */
function isTimeUp({ aborted, reason }: AbortSignal): boolean {
  return aborted && (reason as Error).name === "TimeoutError";
}

/** Hashes the bytes that an earlier call left, and returns their number. */
async function hashPartial(partial: string, most: number, hash: Hash, signal: AbortSignal): Promise<number> {
  const bytes = await sizeOf(partial);
  if (bytes > most) {
    await rm(partial);
    return 0;
  }
  if (bytes > 0) await pipeline(createReadStream(partial), hashed(hash), drain, { signal });
  return bytes;
}

function hashed(hash: Hash) {
  return async function* (chunks: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
    for await (const chunk of chunks) {
      hash.update(chunk);
      yield chunk;
    }
  };
}

async function drain(chunks: AsyncIterable<Buffer>): Promise<void> {
  for await (const _ of chunks);
}

async function sizeOf(file: string): Promise<number> {
  const found = await stat(file).catch(() => undefined);
  return found?.size ?? 0;
}

async function flush(file: string): Promise<void> {
  const handle = await open(file, "r+");
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
