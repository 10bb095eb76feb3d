import { createHash } from "node:crypto";
import type { ObjectVersion } from "./store/types";
import type { XmlElements } from "./wire/writeXml";

/** An object as lists show it. */
export function describeListed(object: ObjectVersion): XmlElements {
  return {
    LastModified: object.lastModified,
    ETag: `"${object.etag}"`,
    ChecksumAlgorithm: object.checksum?.algorithm,
    ChecksumType: object.checksum?.type,
    Size: object.size,
    StorageClass: "STANDARD",
  };
}

/** The account as S3's lists name it. */
export function ownerOf(accountId: string): XmlElements {
  return { ID: canonicalUserId(accountId), DisplayName: accountId };
}

/** S3's name for an account, 64 hexadecimal digits. */
export function canonicalUserId(accountId: string): string {
  return createHash("sha256").update(accountId).digest("hex");
}
