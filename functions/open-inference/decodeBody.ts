import { gunzipSync, inflateSync } from "node:zlib";
import { BadRequest, PayloadTooLarge } from "../shared/errors";
import type { Request } from "../shared/events";
import { shown } from "../shared/shown";

/** Largest decompressed body in bytes: ten times Lambda's payload limit, and far below a function's memory. */
const MAX_DECODED_BYTES = 60 * 1024 * 1024;

/**
 * Decodes a request's body by its `Content-Encoding`: clients of the protocol may compress (`gzip`, `deflate`).
 *
 * @throws BadRequest The encoding is another one, or the bytes are not in it.
 * @throws PayloadTooLarge  Over 60 MB decompressed.
 */
export function decodeBody({ body, headers }: Pick<Request, "body" | "headers">): Buffer | undefined {
  const encoding = headers["content-encoding"]?.trim().toLowerCase();
  if (body === undefined || encoding === undefined || encoding === "" || encoding === "identity") return body;
  if (encoding !== "gzip" && encoding !== "deflate") {
    throw new BadRequest(`Content-Encoding is ${shown(encoding)}; gzip and deflate are taken`);
  }
  const decode = encoding === "gzip" ? gunzipSync : inflateSync;
  try {
    return decode(body, { maxOutputLength: MAX_DECODED_BYTES });
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === "ERR_BUFFER_TOO_LARGE") {
      throw new PayloadTooLarge(`The request has over ${MAX_DECODED_BYTES} bytes once it is decompressed`, {
        cause,
      });
    }
    throw new BadRequest(`The request body is not ${encoding}, which its Content-Encoding says`, { cause });
  }
}
