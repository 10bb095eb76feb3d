import { S3Error } from "../s3Error";
import type { ObjectVersion } from "../store/types";
import type { S3Request } from "./s3Request";

/**
 * `If-Match`, `If-None-Match`, `If-Modified-Since` and `If-Unmodified-Since` of a read, in HTTP's order of precedence.
 * @param prefix `x-amz-copy-source-` for the source of a copy, where all failures are 412
 * @throws S3Error NotModified, PreconditionFailed
 */
export function checkReadPreconditions(request: S3Request, version: ObjectVersion, prefix = ""): void {
  const ifMatch = request.header(`${prefix}if-match`);
  const ifNoneMatch = request.header(`${prefix}if-none-match`);
  const ifModifiedSince = readDate(request.header(`${prefix}if-modified-since`));
  const ifUnmodifiedSince = readDate(request.header(`${prefix}if-unmodified-since`));
  // HTTP dates have no milliseconds.
  const modified = Math.floor(Date.parse(version.lastModified) / 1000) * 1000;
  if (ifMatch === undefined ? modified > (ifUnmodifiedSince ?? modified) : !matches(ifMatch, version)) {
    const condition = ifMatch === undefined ? "If-Unmodified-Since" : "If-Match";
    throw new S3Error("PreconditionFailed", undefined, { Condition: condition });
  }
  if (ifNoneMatch === undefined ? modified <= (ifModifiedSince ?? -1) : matches(ifNoneMatch, version)) {
    if (prefix) throw new S3Error("PreconditionFailed");
    throw new S3Error("NotModified", undefined, {}, { etag: `"${version.etag}"` });
  }
}

/** `If-None-Match: *` and `If-Match` of a write or deletion, against what is there. @throws S3Error PreconditionFailed, NoSuchKey, NotImplemented */
export function checkWritePreconditions(request: S3Request): (current?: ObjectVersion) => void {
  const ifMatch = request.header("if-match");
  const ifNoneMatch = request.header("if-none-match");
  if (ifNoneMatch !== undefined && ifNoneMatch !== "*") {
    throw new S3Error("NotImplemented", "If-None-Match of a write takes only *.");
  }
  return (current) => {
    if (ifNoneMatch && current)
      throw new S3Error("PreconditionFailed", undefined, { Condition: "If-None-Match" });
    if (ifMatch === undefined) return;
    if (!current) throw new S3Error("NoSuchKey");
    if (!matches(ifMatch, current)) {
      throw new S3Error("PreconditionFailed", undefined, { Condition: "If-Match" });
    }
  };
}

function matches(header: string, { etag }: ObjectVersion): boolean {
  return header
    .split(",")
    .some((one) => one.trim() === "*" || one.trim().replace(/^(W\/)?"|"$/g, "") === etag);
}

function readDate(header: string | undefined): number | undefined {
  const time = Date.parse(header ?? "");
  return Number.isNaN(time) ? undefined : time;
}
