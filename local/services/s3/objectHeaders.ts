import type { Call } from "./call";
import { checksumHeaders } from "./checksums";
import { expirationHeaders } from "./lifecycleHeaders";
import { invalidArgument, S3Error } from "./s3Error";
import type { BucketStore } from "./store/bucketStore";
import type { ObjectVersion } from "./store/types";
import { encryptionHeaders, objectMetadataHeaders } from "./wire/objectMetadata";
import { type ByteRange, readRange } from "./wire/readRange";
import type { S3Response } from "./wire/response";

/** Headers that a read of an object may set by query parameter. */
const OVERRIDABLE = [
  "content-type",
  "content-language",
  "expires",
  "cache-control",
  "content-disposition",
  "content-encoding",
];

/** Status and headers of the response to a read, alike for GetObject and HeadObject, and the bytes it is about. */
export function describeObject(
  call: Call,
  version: ObjectVersion,
): S3Response & { readonly range: ByteRange } {
  const { request, bucket } = call;
  const partNumber = readPartNumber(request.query("partNumber"));
  if (partNumber !== undefined && request.header("range") !== undefined) {
    throw new S3Error("InvalidRequest", {
      message: "Cannot specify both Range header and partNumber query parameter",
    });
  }
  const part = partNumber === undefined ? undefined : findPart(partNumber, version);
  const range = part?.range ?? readRange(request, version);
  const { start, end } = range ?? { start: 0, end: version.size };
  const wantsChecksum = request.header("x-amz-checksum-mode")?.toUpperCase() === "ENABLED";
  const isWhole = start === 0 && end === version.size;
  const checksum = part?.checksum ?? (isWhole ? version.checksum : undefined);
  return {
    status: range ? 206 : 200,
    headers: {
      ...objectMetadataHeaders(version.metadata),
      ...overrides(call),
      ...versionHeaders(bucket, version),
      // As recorded: a version that is named shows no expiration, the current one neither.
      ...(call.versionId !== undefined && { "x-amz-expiration": undefined }),
      ...(wantsChecksum ? checksumHeaders(checksum) : {}),
      "accept-ranges": "bytes",
      "content-length": end - start,
      "content-range": range && `bytes ${start}-${end - 1}/${version.size}`,
      "last-modified": new Date(version.lastModified).toUTCString(),
      "x-amz-mp-parts-count": part && version.multipart ? version.segments.length : undefined,
    },
    range: { start, end },
  };
}

/** Headers of the current version of an object, on reads and writes alike. */
export function versionHeaders(
  bucket: BucketStore,
  version: ObjectVersion,
): Readonly<Record<string, string | undefined>> {
  return {
    etag: `"${version.etag}"`,
    "x-amz-version-id": shownVersionId(bucket, version.versionId),
    ...encryptionHeaders(version.metadata.encryption),
    ...expirationHeaders(bucket, version),
  };
}

/** {@link versionHeaders} of an upload, which names its version only where the bucket keeps versions: as recorded. */
export function uploadHeaders(
  bucket: BucketStore,
  version: ObjectVersion,
): ReturnType<typeof versionHeaders> {
  const headers = versionHeaders(bucket, version);
  return bucket.configuration.versioning === "Enabled"
    ? headers
    : { ...headers, "x-amz-version-id": undefined };
}

/** A version's id as responses show it: not at all in a bucket that never kept versions. */
export function shownVersionId(
  { configuration }: BucketStore,
  versionId: string | undefined,
): string | undefined {
  return configuration.versioning === undefined ? undefined : versionId;
}

function overrides({ request }: Call): Record<string, string> {
  const given: Record<string, string> = {};
  for (const name of OVERRIDABLE) {
    const value = request.queryValue(`response-${name}`);
    if (value === undefined) continue;
    if (!/^[\t\x20-\x7e\x80-\xff]*$/.test(value)) {
      throw invalidArgument(
        "Header value cannot be represented using ISO-8859-1.",
        `response-${name}`,
        value,
      );
    }
    given[name] = value;
  }
  return given;
}

function readPartNumber(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  const number = Number(text);
  if (Number.isInteger(number) && number >= 1 && number <= 10_000) return number;
  throw invalidArgument("Part number must be an integer between 1 and 10000, inclusive", "partNumber", text);
}

/** A part, counted from 1; an object that was not uploaded in parts has one. */
function findPart(number: number, { segments, size }: ObjectVersion) {
  const count = Math.max(segments.length, 1);
  if (number > count) {
    throw new S3Error("InvalidPartNumber", {
      details: { PartNumberRequested: number, ActualPartCount: count },
    });
  }
  const start = segments.slice(0, number - 1).reduce((sum, segment) => sum + segment.size, 0);
  const segment = segments[number - 1];
  const range = size === 0 ? undefined : { start, end: start + (segment?.size ?? 0) };
  return { range, checksum: segment?.checksum && { ...segment.checksum, type: "COMPOSITE" as const } };
}
