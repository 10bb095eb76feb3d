import { inert, served } from "../../resources/treatment";
import type { RefusedParameter } from "./action";
import type { S3ErrorCode } from "./s3Error";

// What the local S3 does with the parameters that several actions have.

function refused(wireName: string, code: S3ErrorCode, reason?: string): RefusedParameter {
  return { kind: "refused", wireName, code, reason };
}

/** S3's own words where a feature is there only in directory buckets. */
const directoryBucketsOnly = (wireName: string) => refused(wireName, "NotImplemented");

/** For every action on a bucket. */
export const BUCKET = { Bucket: served, ExpectedBucketOwner: served } as const;

export const REQUEST_PAYER = { RequestPayer: inert("nothing is billed") } as const;

/** For every action on an object. */
export const OBJECT = { ...BUCKET, ...REQUEST_PAYER, Key: served } as const;

const OBJECT_LOCK: readonly [S3ErrorCode, string] = [
  "InvalidRequest",
  "Bucket is missing Object Lock Configuration",
];

/** For actions that make an object. */
export const NEW_OBJECT = {
  ACL: served,
  BucketKeyEnabled: served,
  CacheControl: served,
  ContentDisposition: served,
  ContentEncoding: served,
  ContentLanguage: served,
  ContentType: served,
  Expires: served,
  GrantFullControl: refused("x-amz-grant-full-control", "AccessControlListNotSupported"),
  GrantRead: refused("x-amz-grant-read", "AccessControlListNotSupported"),
  GrantReadACP: refused("x-amz-grant-read-acp", "AccessControlListNotSupported"),
  GrantWriteACP: refused("x-amz-grant-write-acp", "AccessControlListNotSupported"),
  Metadata: served,
  ObjectLockEventHold: refused("x-amz-object-lock-event-hold", ...OBJECT_LOCK),
  ObjectLockEventHoldDurationDays: refused("x-amz-object-lock-event-hold-duration-days", ...OBJECT_LOCK),
  ObjectLockEventHoldDurationYears: refused("x-amz-object-lock-event-hold-duration-years", ...OBJECT_LOCK),
  ObjectLockLegalHoldStatus: refused("x-amz-object-lock-legal-hold", ...OBJECT_LOCK),
  ObjectLockMode: refused("x-amz-object-lock-mode", ...OBJECT_LOCK),
  ObjectLockRetainUntilDate: refused("x-amz-object-lock-retain-until-date", ...OBJECT_LOCK),
  SSEKMSEncryptionContext: inert("nothing is encrypted on this disk"),
  SSEKMSKeyId: served,
  ServerSideEncryption: served,
  StorageClass: served,
  Tagging: served,
  WebsiteRedirectLocation: served,
} as const;

const BLOCKED =
  "This bucket blocks SSE-C, as AWS blocks it in new buckets since April 2026: use SSE-S3 or SSE-KMS, which need no key in the request.";

/** Keys of the customer's own for a write. https://docs.aws.amazon.com/AmazonS3/latest/userguide/blocking-unblocking-s3-c-encryption-gpb.html */
export const CUSTOMER_KEY_OF_WRITE = {
  SSECustomerAlgorithm: refused("x-amz-server-side-encryption-customer-algorithm", "AccessDenied", BLOCKED),
  SSECustomerKey: refused("x-amz-server-side-encryption-customer-key", "AccessDenied", BLOCKED),
  SSECustomerKeyMD5: refused("x-amz-server-side-encryption-customer-key-md5", "AccessDenied", BLOCKED),
} as const;

const NOT_APPLICABLE = "The encryption parameters are not applicable to this object.";

/** Keys of the customer's own for a read. */
export const CUSTOMER_KEY_OF_READ = {
  SSECustomerAlgorithm: refused(
    "x-amz-server-side-encryption-customer-algorithm",
    "InvalidRequest",
    NOT_APPLICABLE,
  ),
  SSECustomerKey: refused("x-amz-server-side-encryption-customer-key", "InvalidRequest", NOT_APPLICABLE),
  SSECustomerKeyMD5: refused(
    "x-amz-server-side-encryption-customer-key-md5",
    "InvalidRequest",
    NOT_APPLICABLE,
  ),
} as const;

/** For actions that copy from an object. */
export const COPY_SOURCE = {
  CopySource: served,
  CopySourceIfMatch: served,
  CopySourceIfModifiedSince: served,
  CopySourceIfNoneMatch: served,
  CopySourceIfUnmodifiedSince: served,
  CopySourceSSECustomerAlgorithm: refused(
    "x-amz-copy-source-server-side-encryption-customer-algorithm",
    "InvalidRequest",
    NOT_APPLICABLE,
  ),
  CopySourceSSECustomerKey: refused(
    "x-amz-copy-source-server-side-encryption-customer-key",
    "InvalidRequest",
    NOT_APPLICABLE,
  ),
  CopySourceSSECustomerKeyMD5: refused(
    "x-amz-copy-source-server-side-encryption-customer-key-md5",
    "InvalidRequest",
    NOT_APPLICABLE,
  ),
  ExpectedSourceBucketOwner: served,
} as const;

/** For actions whose request has a checksum. */
export const CHECKSUMS = {
  ChecksumCRC32: served,
  ChecksumCRC32C: served,
  ChecksumCRC64NVME: served,
  ChecksumMD5: served,
  ChecksumSHA1: served,
  ChecksumSHA256: served,
  ChecksumSHA512: served,
  ChecksumXXHASH128: served,
  ChecksumXXHASH3: served,
  ChecksumXXHASH64: served,
} as const;

/** For actions whose request is the object's bytes. */
export const UPLOAD_BODY = {
  ...CHECKSUMS,
  Body: served,
  ChecksumAlgorithm: served,
  ContentLength: served,
  ContentMD5: served,
} as const;

/** For conditional writes. */
export const CONDITIONAL_WRITE = { IfMatch: served, IfNoneMatch: served } as const;

/** For conditional reads. */
const CONDITIONAL_READ = {
  ...CONDITIONAL_WRITE,
  IfModifiedSince: served,
  IfUnmodifiedSince: served,
} as const;

/** For deletions. */
export const DELETION = {
  BypassGovernanceRetention: refused(
    "x-amz-bypass-governance-retention",
    "InvalidArgument",
    "x-amz-bypass-governance-retention is only applicable to Object Lock enabled buckets.",
  ),
  MFA: inert("no bucket asks for MFA"),
} as const;

export const IF_MATCH_LAST_MODIFIED_TIME = directoryBucketsOnly("x-amz-if-match-last-modified-time");
export const IF_MATCH_SIZE = directoryBucketsOnly("x-amz-if-match-size");
export const IF_MATCH_INITIATED_TIME = directoryBucketsOnly("x-amz-if-match-initiated-time");
export const WRITE_OFFSET_BYTES = directoryBucketsOnly("x-amz-write-offset-bytes");
export const ANNOTATION_DIRECTIVE = refused(
  "x-amz-object-annotation-directive",
  "NotImplemented",
  "The local S3 has no annotations of objects.",
);

/** For lists of objects. */
export const LIST = {
  ...BUCKET,
  ...REQUEST_PAYER,
  Delimiter: served,
  EncodingType: served,
  Prefix: served,
} as const;
export const LIST_OBJECTS = {
  ...LIST,
  MaxKeys: served,
  OptionalObjectAttributes: inert("no object is archived, so none is restored"),
} as const;

const GRANTS = {
  GrantFullControl: refused("x-amz-grant-full-control", "AccessControlListNotSupported"),
  GrantRead: refused("x-amz-grant-read", "AccessControlListNotSupported"),
  GrantReadACP: refused("x-amz-grant-read-acp", "AccessControlListNotSupported"),
  GrantWrite: refused("x-amz-grant-write", "AccessControlListNotSupported"),
  GrantWriteACP: refused("x-amz-grant-write-acp", "AccessControlListNotSupported"),
} as const;

/** For writes of ACLs. */
export const ACCESS_CONTROL = {
  ...GRANTS,
  ACL: served,
  AccessControlPolicy: served,
  ChecksumAlgorithm: inert("no ACL is kept, whatever its body says"),
  ContentMD5: inert("no ACL is kept, whatever its body says"),
} as const;

/** For the creation of a bucket. */
export const NEW_BUCKET = {
  ...GRANTS,
  ACL: served,
  Bucket: served,
  BucketNamespace: inert("no other account takes names here"),
  CreateBucketConfiguration: served,
  ObjectLockEnabledForBucket: {
    ...refused("x-amz-bucket-object-lock-enabled", "NotImplemented", "The local S3 has no Object Lock."),
    // rclone says it of each bucket that it makes.
    taken: "false",
  },
  ObjectOwnership: served,
} as const;

/** For GetObject and HeadObject. */
export const GET_OBJECT = {
  ...OBJECT,
  ...CONDITIONAL_READ,
  ...CUSTOMER_KEY_OF_READ,
  ChecksumMode: served,
  PartNumber: served,
  Range: served,
  ResponseCacheControl: served,
  ResponseContentDisposition: served,
  ResponseContentEncoding: served,
  ResponseContentLanguage: served,
  ResponseContentType: served,
  ResponseExpires: served,
  VersionId: served,
} as const;
