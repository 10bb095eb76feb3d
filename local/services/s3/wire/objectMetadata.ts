import type { ServerSideEncryption, StorageClass } from "@aws-sdk/client-s3";
import { queryParameters } from "../../iam/sigv4/canonicalRequest";
import { invalidArgument, S3Error } from "../s3Error";
import type { Encryption } from "../store/bucketConfiguration";
import type { ObjectMetadata } from "../store/types";
import { encodeWords } from "./encodedWord";
import { checkTags } from "./tagging";

const USER_PREFIX = "x-amz-meta-";
/** S3's limit for all names and values of user metadata together. */
const MAX_USER_BYTES = 2048;

/** The source of an object's metadata in a request: its headers, or the fields of a form. */
export interface MetadataSource {
  header(name: string): string | undefined;
  /** Those whose names begin so, without the prefix, as text. */
  headersWith(prefix: string): [name: string, value: string][];
}

/**
 * Reads what a request says of the object it writes.
 *
 * @param fallback  The bucket's default encryption.
 * @throws S3Error  MetadataTooLarge, InvalidArgument, InvalidStorageClass
 */
export function readObjectMetadata(source: MetadataSource, fallback: Encryption | undefined): ObjectMetadata {
  const user = source.headersWith(USER_PREFIX);
  const size = Buffer.byteLength(user.flat().join(""));
  if (size > MAX_USER_BYTES) {
    throw new S3Error("MetadataTooLarge", { details: { Size: size, MaxSizeAllowed: MAX_USER_BYTES } });
  }
  return {
    contentType: source.header("content-type"),
    cacheControl: source.header("cache-control"),
    contentDisposition: source.header("content-disposition"),
    contentEncoding: readContentEncoding(source.header("content-encoding")),
    contentLanguage: source.header("content-language"),
    expires: source.header("expires"),
    websiteRedirectLocation: source.header("x-amz-website-redirect-location"),
    storageClass: readStorageClass(source.header("x-amz-storage-class")),
    encryption: readEncryption(source) ?? fallback,
    metadata: Object.fromEntries(user),
    tags: readTags(source.header("x-amz-tagging")),
  };
}

/** Reads how an object is encoded, as it was sent but for `aws-chunked`, which says how the body was sent. */
function readContentEncoding(sent: string | undefined): string | undefined {
  const encodings = sent?.split(",").filter((one) => one.trim() !== "aws-chunked");
  return encodings?.join(",").trim() || undefined;
}

/** The headers that an object's metadata comes back as. */
export function objectMetadataHeaders(metadata: ObjectMetadata): Record<string, string | number | undefined> {
  const { storageClass = "STANDARD" } = metadata;
  const user = Object.entries(metadata.metadata ?? {}).map(([name, value]) => [
    `${USER_PREFIX}${name}`,
    encodeWords(value),
  ]);
  return {
    "content-type": metadata.contentType ?? "binary/octet-stream",
    "cache-control": metadata.cacheControl,
    "content-disposition": metadata.contentDisposition,
    "content-encoding": metadata.contentEncoding,
    "content-language": metadata.contentLanguage,
    expires: metadata.expires,
    "x-amz-website-redirect-location": metadata.websiteRedirectLocation,
    "x-amz-storage-class": storageClass === "STANDARD" ? undefined : storageClass,
    "x-amz-tagging-count": Object.keys(metadata.tags ?? {}).length || undefined,
    ...Object.fromEntries(user),
  };
}

export function encryptionHeaders(encryption: Encryption | undefined): Record<string, string | undefined> {
  // A bucket may have keys of its own for KMS while it encrypts by AES256.
  const hasBucketKey = encryption?.bucketKeyEnabled === true && encryption.algorithm !== "AES256";
  return {
    "x-amz-server-side-encryption": encryption?.algorithm ?? "AES256",
    "x-amz-server-side-encryption-aws-kms-key-id": encryption?.kmsKeyId,
    "x-amz-server-side-encryption-bucket-key-enabled": hasBucketKey ? "true" : undefined,
  };
}

const ENCRYPTIONS: readonly ServerSideEncryption[] = ["AES256", "aws:kms", "aws:kms:dsse"];

/** Reads the encryption that a request asks for, if any. */
function readEncryption(source: MetadataSource): Encryption | undefined {
  const given = source.header("x-amz-server-side-encryption");
  const kmsKeyId = source.header("x-amz-server-side-encryption-aws-kms-key-id");
  if (kmsKeyId !== undefined && !given?.startsWith("aws:kms")) {
    throw invalidArgument(
      "Server Side Encryption with AWS KMS managed key requires HTTP header x-amz-server-side-encryption : aws:kms",
      "x-amz-server-side-encryption",
      given ?? "null",
    );
  }
  if (given === undefined) return undefined;
  const algorithm = ENCRYPTIONS.find((one) => one === given);
  if (algorithm === undefined) {
    throw invalidArgument(
      "The encryption method specified is not supported",
      "x-amz-server-side-encryption",
      given,
    );
  }
  const bucketKey = source.header("x-amz-server-side-encryption-bucket-key-enabled");
  return { algorithm, kmsKeyId, bucketKeyEnabled: bucketKey?.toLowerCase() === "true" || undefined };
}

/** Storage classes that objects of a general purpose bucket can be written in. */
const STORAGE_CLASSES: readonly StorageClass[] = [
  "DEEP_ARCHIVE",
  "GLACIER",
  "GLACIER_IR",
  "INTELLIGENT_TIERING",
  "ONEZONE_IA",
  "REDUCED_REDUNDANCY",
  "STANDARD",
  "STANDARD_IA",
];

function readStorageClass(given: string | undefined): StorageClass | undefined {
  const known = STORAGE_CLASSES.find((one) => one === given);
  if (given === undefined || known) return known;
  throw new S3Error("InvalidStorageClass", { details: { StorageClassRequested: given.slice(0, 100) } });
}

function readTags(given: string | undefined): Record<string, string> | undefined {
  if (given === undefined) return undefined;
  const tags = queryParameters(given);
  if (new Set(tags.map(([key]) => key)).size < tags.length || given.includes(",")) {
    throw invalidArgument(
      "The header 'x-amz-tagging' shall be encoded as UTF-8 then URLEncoded URL query parameters without tag name duplicates.",
      "x-amz-tagging",
      given,
    );
  }
  return checkTags(tags);
}
