import type { Call } from "./call";
import { S3Error } from "./s3Error";
import type { BucketStore } from "./store/bucketStore";
import type { Checksum, ObjectVersion } from "./store/types";
import type { Answer } from "./wire/answer";
import { checksumHeader } from "./wire/checkedBody";
import { objectMetadataHeaders } from "./wire/objectMetadata";
import { type ByteRange, readRange } from "./wire/readRange";

/** Headers a read of an object may set by query parameter. */
const overridable = [
  "content-type",
  "content-language",
  "expires",
  "cache-control",
  "content-disposition",
  "content-encoding",
];

/** Status and headers of an answer to a read, alike for GetObject and HeadObject, and the bytes it is about. */
export function describeObject(call: Call, version: ObjectVersion): Answer & { readonly range: ByteRange } {
  const { request, bucket } = call;
  const part = readPart(request.query("partNumber"), version);
  const range = part ?? readRange(request.header("range"), version.size);
  const { start, end } = range ?? { start: 0, end: version.size };
  const overrides = overridable
    .map((name) => [name, request.query(`response-${name}`)] as const)
    .filter(([, value]) => value !== undefined);
  const whole = start === 0 && end === version.size;
  const wantsChecksum = request.header("x-amz-checksum-mode")?.toUpperCase() === "ENABLED";
  return {
    status: range ? 206 : 200,
    headers: {
      ...objectMetadataHeaders(version.metadata),
      ...Object.fromEntries(overrides),
      ...versionHeaders(bucket, version),
      ...(wantsChecksum && whole ? checksumHeaders(version.checksum) : {}),
      "accept-ranges": "bytes",
      "content-length": end - start,
      "content-range": range && `bytes ${start}-${end - 1}/${version.size}`,
      "last-modified": new Date(version.lastModified).toUTCString(),
      "x-amz-mp-parts-count": part && version.multipart ? version.segments.length : undefined,
    },
    range: { start, end },
  };
}

/** What tells versions apart, on reads and writes alike. */
export function versionHeaders(
  { configuration }: BucketStore,
  version: Pick<ObjectVersion, "etag" | "versionId">,
): Readonly<Record<string, string | undefined>> {
  return {
    etag: `"${version.etag}"`,
    "x-amz-version-id": configuration.versioning === undefined ? undefined : version.versionId,
    "x-amz-server-side-encryption": configuration.encryption ?? "AES256",
  };
}

export function checksumHeaders(checksum: Checksum | undefined): Readonly<Record<string, string>> {
  if (!checksum) return {};
  return { [checksumHeader(checksum.algorithm)]: checksum.value, "x-amz-checksum-type": checksum.type };
}

/** The bytes of a part, counted from 1; an object that was not uploaded in parts has one. */
function readPart(partNumber: string | undefined, { segments, size }: ObjectVersion): ByteRange | undefined {
  if (partNumber === undefined) return undefined;
  const number = Number(partNumber);
  if (!Number.isInteger(number) || number < 1 || number > 10_000) throw new S3Error("InvalidArgument");
  if (number > Math.max(segments.length, 1)) throw new S3Error("InvalidPartNumber");
  if (size === 0) return undefined;
  const start = segments.slice(0, number - 1).reduce((sum, segment) => sum + segment.size, 0);
  return { start, end: start + (segments[number - 1]?.size ?? 0) };
}
