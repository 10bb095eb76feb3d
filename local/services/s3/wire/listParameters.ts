import { awsUriEncode } from "../../iam/sigv4/awsUriEncode";
import { S3Error } from "../s3Error";
import type { S3Request } from "./s3Request";

const mostKeys = 1000;

/** What ListObjects, ListObjectsV2 and ListObjectVersions have in common. */
export interface ListParameters {
  readonly prefix: string;
  readonly delimiter: string;
  /** Up to 1,000, which is also the default. */
  readonly maxKeys: number;
  readonly encodingType: "url" | undefined;
  /** A key as it goes into the answer. */
  encode(key: string): string;
  /** For conditions of policies; what the request does not say is not there. */
  readonly context: Readonly<Record<string, string | undefined>>;
}

export function readListParameters(request: S3Request): ListParameters {
  const encodingType = request.query("encoding-type");
  if (encodingType !== undefined && encodingType !== "url") {
    throw new S3Error("InvalidArgument", "Invalid Encoding Method specified in Request");
  }
  const prefix = request.query("prefix");
  const delimiter = request.query("delimiter");
  const maxKeys = request.query("max-keys");
  return {
    prefix: prefix ?? "",
    delimiter: delimiter ?? "",
    maxKeys: readMaximum("max-keys", maxKeys),
    encodingType,
    encode: encodingType ? (key) => awsUriEncode(key, { keepSlash: true }) : (key) => key,
    context: { "s3:prefix": prefix, "s3:delimiter": delimiter, "s3:max-keys": maxKeys },
  };
}

/** A count of at most 1,000. @throws S3Error InvalidArgument */
export function readMaximum(name: string, text: string | undefined): number {
  if (text === undefined || text === "") return mostKeys;
  if (!/^\d{1,10}$/.test(text))
    throw new S3Error("InvalidArgument", `Provided ${name} not an integer or within integer range`);
  return Math.min(Number(text), mostKeys);
}
