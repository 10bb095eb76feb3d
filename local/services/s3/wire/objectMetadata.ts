import { queryParameters } from "../../iam/sigv4/canonicalRequest";
import { S3Error } from "../s3Error";
import type { ObjectMetadata } from "../store/types";
import type { S3Request } from "./s3Request";

const userPrefix = "x-amz-meta-";
/** S3's limit for all names and values of user metadata together. */
const maxUserBytes = 2048;

/** What a request says of the object it writes. */
export function readObjectMetadata(request: S3Request): ObjectMetadata {
  const metadata = Object.fromEntries(
    request
      .headerNames()
      .filter((name) => name.startsWith(userPrefix))
      .map((name) => [name.slice(userPrefix.length), request.header(name) ?? ""]),
  );
  if (Buffer.byteLength(Object.entries(metadata).flat().join("")) > maxUserBytes) {
    throw new S3Error("InvalidArgument", "Your metadata headers exceed the maximum allowed metadata size.");
  }
  // aws-chunked says how the body was sent, not what the object is.
  const encodings = (request.header("content-encoding") ?? "").split(",").map((one) => one.trim());
  return {
    contentType: request.header("content-type"),
    cacheControl: request.header("cache-control"),
    contentDisposition: request.header("content-disposition"),
    contentEncoding: encodings.filter((one) => one !== "aws-chunked").join(",") || undefined,
    contentLanguage: request.header("content-language"),
    expires: request.header("expires"),
    websiteRedirectLocation: request.header("x-amz-website-redirect-location"),
    metadata,
    tags: readTags(request),
  };
}

/** The headers an object's metadata comes back as. */
export function objectMetadataHeaders(metadata: ObjectMetadata): Record<string, string | number | undefined> {
  const user = Object.entries(metadata.metadata ?? {}).map(([name, value]) => [
    `${userPrefix}${name}`,
    value,
  ]);
  return {
    "content-type": metadata.contentType ?? "binary/octet-stream",
    "cache-control": metadata.cacheControl,
    "content-disposition": metadata.contentDisposition,
    "content-encoding": metadata.contentEncoding,
    "content-language": metadata.contentLanguage,
    expires: metadata.expires,
    "x-amz-website-redirect-location": metadata.websiteRedirectLocation,
    "x-amz-tagging-count": Object.keys(metadata.tags ?? {}).length || undefined,
    ...Object.fromEntries(user),
  };
}

function readTags(request: S3Request): Record<string, string> | undefined {
  const text = request.header("x-amz-tagging");
  if (text === undefined) return undefined;
  const tags = queryParameters(text);
  if (tags.length > 10) throw new S3Error("InvalidArgument", "Object tags cannot be greater than 10");
  return Object.fromEntries(tags);
}
