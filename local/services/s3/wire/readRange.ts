import { S3Error } from "../s3Error";
import type { ObjectVersion } from "../store/types";
import { matches } from "./preconditions";
import type { S3Request } from "./s3Request";

/** Bytes from `start` up to, not including, `end`. */
export interface ByteRange {
  readonly start: number;
  readonly end: number;
}

/**
 * Reads the one range of a request's `Range` header. Several ranges, other units and what cannot be read give
 * `undefined`, as does an `If-Range` that does not match: S3 responds with the whole object then.
 *
 * @throws S3Error  InvalidRange where it begins behind the end
 */
export function readRange(request: S3Request, version: ObjectVersion): ByteRange | undefined {
  const header = request.header("range");
  const { size } = version;
  const [, first = "", last = ""] = /^bytes=(\d*)-(\d*)$/.exec(header?.trim() ?? "") ?? [];
  if (first === "" && last === "") return undefined;
  if (first !== "" && last !== "" && Number(last) < Number(first)) return undefined;
  if (!isStillSame(request.header("if-range"), version)) return undefined;
  const start = first === "" ? Math.max(size - Number(last), 0) : Number(first);
  const end = first === "" || last === "" ? size : Math.min(Number(last) + 1, size);
  if (start >= size) {
    throw new S3Error("InvalidRange", {
      details: { RangeRequested: header, ActualObjectSize: size },
      headers: [["content-range", `bytes */${size}`]],
    });
  }
  return { start, end };
}

/** Whether the object is that of an `If-Range`: an ETag or a date. */
function isStillSame(ifRange: string | undefined, version: ObjectVersion): boolean {
  if (ifRange === undefined) return true;
  const time = Date.parse(ifRange);
  if (Number.isNaN(time)) return matches(ifRange, version);
  return Math.floor(Date.parse(version.lastModified) / 1000) * 1000 <= time;
}
