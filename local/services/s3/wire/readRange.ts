import { S3Error } from "../s3Error";

/** Bytes from `start` up to, not including, `end`. */
export interface ByteRange {
  readonly start: number;
  readonly end: number;
}

/**
 * The one range of a `Range` header. Several ranges, other units and what cannot be read give `undefined`: S3 answers
 * with the whole object then. @throws S3Error InvalidRange where it begins behind the end
 */
export function readRange(header: string | undefined, size: number): ByteRange | undefined {
  const match = /^bytes=(\d*)-(\d*)$/.exec(header?.trim() ?? "");
  if (!match || (match[1] === "" && match[2] === "")) return undefined;
  const [, first = "", last = ""] = match;
  const start = first === "" ? Math.max(size - Number(last), 0) : Number(first);
  const end = first === "" || last === "" ? size : Math.min(Number(last) + 1, size);
  if (first !== "" && last !== "" && Number(last) < Number(first)) return undefined;
  if (start >= size) {
    throw new S3Error(
      "InvalidRange",
      undefined,
      { RangeRequested: header, ActualObjectSize: size },
      { "content-range": `bytes */${size}` },
    );
  }
  return { start, end };
}
