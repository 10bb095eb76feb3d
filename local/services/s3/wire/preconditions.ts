import { S3Error } from "../s3Error";
import type { ObjectVersion, WriteCheck } from "../store/types";
import type { S3Request } from "./s3Request";

/** Prefix of the conditions on a copy's source, as their headers and S3's errors have it. */
const COPY_SOURCE = "x-amz-copy-source-";

/**
 * Checks `If-Match`, `If-None-Match`, `If-Modified-Since` and `If-Unmodified-Since` of a read, in HTTP's order of
 * precedence. For the source of a copy all failures are 412.
 *
 * @throws S3Error  NotModified, PreconditionFailed
 */
export function checkReadPreconditions(
  request: S3Request,
  version: ObjectVersion,
  { ofCopySource = false, now }: { readonly ofCopySource?: boolean; readonly now: Date },
): void {
  const prefix = ofCopySource ? COPY_SOURCE : "";
  const ifMatch = request.header(`${prefix}if-match`);
  const ifNoneMatch = request.header(`${prefix}if-none-match`);
  const ifModifiedSince = readDate(request.header(`${prefix}if-modified-since`));
  const ifUnmodifiedSince = readDate(request.header(`${prefix}if-unmodified-since`));
  // HTTP dates have no milliseconds.
  const modified = Math.floor(Date.parse(version.lastModified) / 1000) * 1000;
  if (ifMatch === undefined ? modified > (ifUnmodifiedSince ?? modified) : !matches(ifMatch, version)) {
    throw failed(prefix + (ifMatch === undefined ? "If-Unmodified-Since" : "If-Match"));
  }
  // A date in the future is no condition.
  const isUnmodified =
    ifModifiedSince !== undefined && ifModifiedSince <= now.getTime() && modified <= ifModifiedSince;
  if (ifNoneMatch === undefined ? !isUnmodified : !matches(ifNoneMatch, version)) return;
  if (ofCopySource) {
    throw failed(prefix + (ifNoneMatch === undefined ? "If-Modified-Since" : "If-None-Match"));
  }
  throw new S3Error("NotModified", {
    headers: [
      ["etag", `"${version.etag}"`],
      ["last-modified", new Date(version.lastModified).toUTCString()],
    ],
  });
}

/**
 * Reads `If-None-Match: *` and `If-Match` of a write.
 *
 * @throws S3Error  NotImplemented; the check throws PreconditionFailed, ConditionalRequestConflict, NoSuchKey
 */
export function writePreconditions(request: S3Request): WriteCheck {
  const ifMatch = request.header("if-match");
  const ifNoneMatch = request.header("if-none-match");
  if (ifMatch !== undefined && ifNoneMatch !== undefined) {
    throw notImplemented(
      "If-Match,If-None-Match",
      "Multiple conditional request headers present in the request",
    );
  }
  if (ifNoneMatch !== undefined && ifNoneMatch !== "*") throw valueNotImplemented("If-None-Match");
  if (ifMatch === "*") throw valueNotImplemented("If-Match");
  if (ifMatch !== undefined) return etagCheck(request, ifMatch);
  return ({ current, isOvertaken }) => {
    if (ifNoneMatch === undefined) return;
    if (current) throw failed("If-None-Match");
    if (isOvertaken) throw conflict("If-None-Match", request.key);
  };
}

/** The condition of a deletion, an ETag or `*`. */
export function deletePreconditions(ifMatch: string | undefined): WriteCheck | undefined {
  if (ifMatch === undefined) return undefined;
  return ({ current }) => {
    if (!current || !matches(ifMatch, current)) throw failed("If-Match");
  };
}

function etagCheck({ key }: S3Request, ifMatch: string): WriteCheck {
  return ({ current, isOvertaken }) => {
    if (!current) throw new S3Error("NoSuchKey", { details: { Key: key } });
    if (!matches(ifMatch, current)) throw failed("If-Match");
    if (isOvertaken) throw conflict("If-Match", key);
  };
}

/** Whether a list of ETags, quoted or not, has this version's. */
export function matches(etags: string, { etag }: ObjectVersion): boolean {
  return etags
    .split(",")
    .some((one) => one.trim() === "*" || one.trim().replace(/^(W\/)?"|"$/g, "") === etag);
}

function failed(condition: string): S3Error {
  return new S3Error("PreconditionFailed", { details: { Condition: condition } });
}

function conflict(condition: string, key: string | undefined): S3Error {
  return new S3Error("ConditionalRequestConflict", { details: { Condition: condition, Key: key } });
}

function valueNotImplemented(header: string): S3Error {
  return notImplemented(header, `We don't accept the provided value of ${header} header for this API`);
}

function notImplemented(header: string, additionalMessage: string): S3Error {
  return new S3Error("NotImplemented", { details: { Header: header, additionalMessage } });
}

function readDate(header: string | undefined): number | undefined {
  const time = Date.parse(header ?? "");
  return Number.isNaN(time) ? undefined : time;
}
