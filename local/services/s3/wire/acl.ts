import { writeXml } from "../../../http/writeXml";
import { canonicalUserId } from "../listing";
import { invalidArgument, S3Error } from "../s3Error";
import type { MetadataSource } from "./objectMetadata";

const CANNED = [
  "authenticated-read",
  "aws-exec-read",
  "bucket-owner-full-control",
  "bucket-owner-read",
  "log-delivery-write",
  "private",
  "public-read",
  "public-read-write",
];

/**
 * Checks a request's canned ACL. Buckets enforce their owner, which is AWS's default: only what says so is taken.
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/about-object-ownership.html
 * @throws S3Error  AccessControlListNotSupported, InvalidArgument
 */
export function checkAcl(source: MetadataSource): void {
  const acl = source.header("x-amz-acl");
  if (acl === undefined || acl === "bucket-owner-full-control") return;
  if (!CANNED.includes(acl)) throw invalidArgument("", "x-amz-acl", acl);
  if (acl !== "private") throw new S3Error("AccessControlListNotSupported");
}

/** The one access control list there is: its owner has full control. */
export function writeAcl(accountId: string): string {
  const ID = canonicalUserId(accountId);
  return writeXml("AccessControlPolicy", {
    Owner: { ID },
    AccessControlList: {
      Grant: {
        Grantee: {
          "@xmlns:xsi": "http://www.w3.org/2001/XMLSchema-instance",
          "@xsi:type": "CanonicalUser",
          ID,
        },
        Permission: "FULL_CONTROL",
      },
    },
  });
}
