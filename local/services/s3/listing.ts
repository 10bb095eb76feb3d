import { hash } from "node:crypto";
import type { XmlElements } from "../../http/writeXml";
import type { AccessKey } from "../iam/accessKeys";
import { awsUriEncode } from "../iam/sigv4/awsUriEncode";
import type { KeyList } from "./listKeys";
import { invalidArgument } from "./s3Error";
import type { ObjectVersion } from "./store/types";
import type { S3Request } from "./wire/s3Request";

const MOST = 1000;

/** The parts that all lists of a bucket have in common. */
export interface ListParameters {
  readonly prefix: string;
  readonly delimiter: string;
  readonly encodingType: "url" | undefined;
  /** A key as it goes into the response. */
  encode(key: string): string;
}

/** {@link ListParameters} of a list of objects. */
export interface KeyListParameters extends ListParameters {
  /** Up to 1,000, which is also the default. */
  readonly maxKeys: number;
  /** For conditions of policies; what the request does not say is missing. */
  readonly context: Readonly<Record<string, string | undefined>>;
}

export function readListParameters(request: S3Request): ListParameters {
  const encodingType = request.query("encoding-type");
  if (encodingType !== undefined && encodingType !== "url") {
    throw invalidArgument("Invalid Encoding Method specified in Request", "encoding-type", encodingType);
  }
  return {
    prefix: request.query("prefix") ?? "",
    delimiter: request.query("delimiter") ?? "",
    encodingType,
    encode: encodingType ? (key) => awsUriEncode(key, { keepSlash: true }) : (key) => key,
  };
}

export function readKeyListParameters(request: S3Request): KeyListParameters {
  return {
    ...readListParameters(request),
    maxKeys: readMaximum(request, "max-keys"),
    context: {
      "s3:prefix": request.query("prefix"),
      "s3:delimiter": request.query("delimiter"),
      "s3:max-keys": request.query("max-keys"),
    },
  };
}

/** A count of at most 1,000. @throws S3Error  InvalidArgument */
export function readMaximum(request: S3Request, name: string): number {
  return Math.min(readCount(name, request.queryValue(name)) ?? MOST, MOST);
}

/** @throws S3Error  InvalidArgument */
export function readCount(name: string, text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  const isNegative = /^-\d+$/.test(text);
  if (/^\d{1,10}$/.test(text) && Number(text) <= 2_147_483_647) return Number(text);
  throw invalidArgument(
    isNegative
      ? `Argument ${name} must be an integer between 0 and 2147483647`
      : `Provided ${name} not an integer or within integer range`,
    name,
    text,
  );
}

/** An object as lists show it. */
export function describeListed(object: ObjectVersion): XmlElements {
  return {
    LastModified: toSeconds(object.lastModified),
    ETag: `"${object.etag}"`,
    ChecksumAlgorithm: object.checksum?.algorithm,
    ChecksumType: object.checksum?.type,
    Size: object.size,
    StorageClass: object.metadata.storageClass ?? "STANDARD",
  };
}

/** A page of a list of objects: whether more follow, the objects, and the prefixes that stand for several of them. */
export function describePage(
  { objects, commonPrefixes, next }: KeyList,
  { encode }: ListParameters,
  owner: XmlElements | undefined,
): XmlElements {
  return {
    IsTruncated: next !== undefined,
    Contents: objects.map((object) => ({
      Key: encode(object.key),
      ...describeListed(object),
      Owner: owner,
    })),
    CommonPrefixes: commonPrefixes.map((prefix) => ({ Prefix: encode(prefix) })),
  };
}

/** A point in time as S3's XML has it: to the second. */
export function toSeconds(time: string): string {
  return time.replace(/\.\d+Z$/, ".000Z");
}

/** The account as S3's lists name it. */
export function ownerOf(accountId: string): XmlElements {
  return { ID: canonicalUserId(accountId) };
}

/** The caller who began an upload, as S3's lists name it. */
export function initiatorOf({ userArn }: AccessKey): XmlElements {
  const [, , , , accountId = "", name = ""] = userArn.split(":");
  return name === "root"
    ? { ID: canonicalUserId(accountId), DisplayName: accountId }
    : { ID: userArn, DisplayName: name.split("/").at(-1) };
}

/** S3's name for an account, 64 hexadecimal digits. */
export function canonicalUserId(accountId: string): string {
  return hash("sha256", accountId);
}

export function bucketArn(name: string): string {
  return `arn:aws:s3:::${name}`;
}

/** Clients must not read anything into a token, so it does not look like a key. */
export function writeToken(after: string): string {
  return Buffer.from(`1${after}`).toString("base64url");
}

/** @throws S3Error  InvalidArgument */
export function readToken(token: string): string {
  const text = Buffer.from(token, "base64url").toString();
  if (text.startsWith("1")) return text.slice(1);
  throw invalidArgument(
    "The continuation token provided is incorrect",
    "continuation-token",
    token || undefined,
  );
}
