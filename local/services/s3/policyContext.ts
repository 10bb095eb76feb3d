import type { Context } from "../iam/context";
import { queryParameters } from "../iam/sigv4/canonicalRequest";
import type { Verified } from "../iam/sigv4/verifySignature";
import { isSignedByVersion2 } from "./signatureV2";
import type { OpenUpload } from "./store/bucketState";
import type { BucketStore } from "./store/bucketStore";
import { isDeleteMarker, type ObjectMetadata } from "./store/types";
import type { PostForm } from "./wire/postForm";
import type { S3Request } from "./wire/s3Request";

/** Headers that policies know as `s3:<header>`. */
const HEADERS = [
  "if-match",
  "if-none-match",
  "x-amz-acl",
  "x-amz-content-sha256",
  "x-amz-copy-source",
  "x-amz-metadata-directive",
  "x-amz-server-side-encryption",
  "x-amz-server-side-encryption-aws-kms-key-id",
  "x-amz-storage-class",
  "x-amz-website-redirect-location",
];

/**
 * S3's condition keys of a request.
 *
 * @param upload  The multipart upload that it is part of: what was said of the object when it began holds for its parts.
 * @see https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazons3.html#amazons3-policy-keys
 */
export function requestContext(
  request: S3Request,
  { time }: Verified,
  now: Date,
  upload: OpenUpload | undefined,
): Context {
  const isPresigned = request.header("authorization") === undefined;
  const isOfUpload = request.query("uploads") !== undefined || request.query("partNumber") !== undefined;
  const hasAge = isPresigned && !Number.isNaN(time);
  return {
    ...headerContext(request),
    ...(upload && uploadContext(upload.metadata)),
    "s3:authType": isPresigned ? "REST-QUERY-STRING" : "REST-HEADER",
    "s3:signatureversion": isSignedByVersion2(request) ? "AWS" : "AWS4-HMAC-SHA256",
    "s3:signatureAge": hasAge ? String(Math.max(0, now.getTime() - time)) : undefined,
    // False for what only prepares an object; policies that ask for a condition spare it.
    "s3:ObjectCreationOperation": String(!isOfUpload),
    "s3:VersionId": request.queryValue("versionId"),
    ...tagContext(Object.fromEntries(queryParameters(request.header("x-amz-tagging") ?? ""))),
  };
}

/** S3's condition keys of a browser's form. */
export function formContext(form: PostForm, tags: ObjectMetadata["tags"]): Context {
  return {
    ...headerContext(form),
    "s3:authType": "POST",
    "s3:signatureversion": form.header("x-amz-signature") === undefined ? "AWS" : "AWS4-HMAC-SHA256",
    "s3:ObjectCreationOperation": "true",
    ...tagContext(tags),
  };
}

function headerContext(source: Pick<PostForm, "header">): Context {
  return {
    ...Object.fromEntries(HEADERS.map((name) => [`s3:${name}`, source.header(name)])),
    // As for `aws:SecureTransport`: nobody else can listen on the loopback.
    "s3:TlsVersion": "1.3",
  };
}

/** The condition keys of the tags that a request gives an object. */
export function tagContext(tags: Readonly<Record<string, string>> = {}): Context {
  const keys = Object.keys(tags);
  return {
    "s3:RequestObjectTagKeys": keys.length > 0 ? keys : undefined,
    ...prefixed("s3:RequestObjectTag/", tags),
  };
}

/**
 * The condition keys of the tags that an object has. AWS knows them neither for its overwriting nor for its deletion.
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/tagging-and-policies.html
 */
export function existingTagContext(
  action: string,
  bucket: BucketStore | undefined,
  key: string | undefined,
  context: Context,
): Context {
  if (!bucket || key === undefined || !/^s3:Get|Tagging$/.test(action)) return {};
  const { objects } = bucket.state;
  const versionId = context["s3:VersionId"];
  const version = typeof versionId === "string" ? objects.version(key, versionId) : objects.current(key);
  return version && !isDeleteMarker(version) ? prefixed("s3:ExistingObjectTag/", version.metadata.tags) : {};
}

function uploadContext({ encryption, storageClass }: ObjectMetadata): Context {
  return {
    "s3:x-amz-server-side-encryption": encryption?.algorithm,
    "s3:x-amz-server-side-encryption-aws-kms-key-id": encryption?.kmsKeyId,
    "s3:x-amz-storage-class": storageClass,
  };
}

function prefixed(prefix: string, tags: Readonly<Record<string, string>> = {}): Context {
  return Object.fromEntries(Object.entries(tags).map(([key, value]) => [prefix + key, value]));
}
