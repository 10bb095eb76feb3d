import assert from "node:assert/strict";
import { deflateSync, gzipSync } from "node:zlib";
import { decodeBody } from "../../../functions/open-inference/decodeBody";
import type { HttpError } from "../../../functions/shared/errors";
import type { Request } from "../../../functions/shared/events";

const decoded = (body: Buffer | undefined, encoding?: string): unknown => {
  const headers: Record<string, string> = encoding === undefined ? {} : { "content-encoding": encoding };
  try {
    return decodeBody({ body, headers } as Request)?.toString();
  } catch (error) {
    const { status, message } = error as HttpError;
    return [status, message];
  }
};

describe("decodeBody", () => {
  it("takes plain, gzip and deflate", () => {
    const text = Buffer.from("text");
    assert.deepEqual(
      [
        decoded(undefined, "gzip"),
        decoded(text),
        decoded(text, "identity"),
        decoded(gzipSync(text), " GZIP"),
        decoded(deflateSync(text), "deflate"),
      ],
      [undefined, "text", "text", "text", "text"],
    );
  });

  it("rejects other encodings, bytes that are not in theirs, and bombs", () => {
    const text = Buffer.from("text");
    assert.deepEqual(
      [
        decoded(text, "br"),
        decoded(text, "gzip"),
        decoded(gzipSync(text).subarray(0, 12), "gzip"),
        decoded(gzipSync(Buffer.alloc(70_000_000)), "gzip"),
      ],
      [
        [400, 'Content-Encoding is "br"; gzip and deflate are taken'],
        [400, "The request body is not gzip, which its Content-Encoding says"],
        [400, "The request body is not gzip, which its Content-Encoding says"],
        [413, "The request has over 62914560 bytes once it is decompressed"],
      ],
    );
  });
});
