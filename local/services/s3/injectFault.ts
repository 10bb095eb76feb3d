import { Readable } from "node:stream";
import { setTimeout as sleep } from "node:timers/promises";
import type { InjectedFaults } from "../../http/injectedFaults";
import { S3Error } from "./s3Error";
import type { S3Response } from "./wire/response";

export type S3Faults = InjectedFaults<"fail" | "cut">;

/**
 * Answers a request late, with the error by which S3 asks for fewer requests, or with half of an object, where the user
 * asked for that.
 *
 * @throws S3Error  SlowDown
 */
export async function injectFault(
  faults: S3Faults | undefined,
  subject: string,
  act: () => Promise<S3Response>,
): Promise<S3Response> {
  if (faults === undefined) return act();
  if (faults.delayMs > 0) await sleep(faults.delayMs);
  if (faults.happens("fail", subject)) throw new S3Error("SlowDown");
  const response = await act();
  if (!(response.body instanceof Readable) || !faults.happens("cut", subject)) return response;
  const half = Math.floor(Number(response.headers?.["content-length"] ?? 0) / 2);
  return { ...response, body: Readable.from(firstBytes(response.body, half), { objectMode: false }) };
}

/** Fails behind them: the server then cuts the connection, since the length it promised is longer. */
async function* firstBytes(body: Readable, bytes: number): AsyncGenerator<Buffer> {
  let left = bytes;
  for await (const chunk of body as AsyncIterable<Buffer>) {
    if (left > 0) yield chunk.subarray(0, left);
    left -= chunk.length;
    if (left <= 0) throw new Error("cut by --fault s3=cut");
  }
}
