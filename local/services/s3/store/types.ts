import type { ChecksumAlgorithm, ChecksumType, StorageClass } from "@aws-sdk/client-s3";
import type { Encryption } from "./bucketConfiguration";

/** A run of an object's bytes: a whole file in the bucket's data folder. */
export interface Segment {
  readonly file: string;
  readonly size: number;
  /** The checksum of a part whose object has a composite one. */
  readonly checksum?: Checksum;
}

/** The metadata that a client sends with an object and gets back, by the SDK's names. Headers' bytes are Latin-1. */
export interface ObjectMetadata {
  readonly contentType?: string;
  readonly cacheControl?: string;
  readonly contentDisposition?: string;
  readonly contentEncoding?: string;
  readonly contentLanguage?: string;
  readonly expires?: string;
  readonly websiteRedirectLocation?: string;
  /** @default "STANDARD" */
  readonly storageClass?: StorageClass;
  /** @default AES256 */
  readonly encryption?: Encryption;
  /** The client's own (`x-amz-meta-…`), names in lower case. */
  readonly metadata?: Readonly<Record<string, string>>;
  readonly tags?: Readonly<Record<string, string>>;
}

export interface Checksum {
  readonly algorithm: ChecksumAlgorithm;
  /** Base64; a composite one ends in `-` and the number of parts. */
  readonly value: string;
  readonly type: ChecksumType;
}

/** Bytes that lie in the data folder, and what was computed while they were written. */
export interface Written extends Segment {
  /** Hex. */
  readonly md5: string;
  readonly checksum: Checksum;
}

export interface ObjectVersion {
  readonly key: string;
  /** `null` where the bucket did not keep versions when it was written. */
  readonly versionId: string;
  /** ISO 8601. */
  readonly lastModified: string;
  /** Without quotes. */
  readonly etag: string;
  readonly size: number;
  /** One segment, or one for each part of a multipart upload. */
  readonly segments: readonly Segment[];
  /** Whether it was uploaded in parts; then a segment is a part. */
  readonly multipart?: true;
  /** The upload that it came by, in parts. */
  readonly uploadId?: string;
  readonly metadata: ObjectMetadata;
  readonly checksum?: Checksum;
}

export interface DeleteMarker {
  readonly key: string;
  readonly versionId: string;
  readonly lastModified: string;
  readonly deleteMarker: true;
}

export type Version = ObjectVersion | DeleteMarker;

export interface Part extends Written {
  readonly partNumber: number;
  readonly lastModified: string;
}

export interface Upload {
  readonly uploadId: string;
  readonly key: string;
  readonly initiated: string;
  readonly metadata: ObjectMetadata;
  /** The checksum that the client asked for; otherwise the object gets S3's default, and its parts have none. */
  readonly checksumAlgorithm?: ChecksumAlgorithm;
  readonly checksumType?: ChecksumType;
}

/** New tags of a version, which stays otherwise the same. */
export interface Retagging {
  readonly key: string;
  readonly versionId: string;
  readonly tags: Readonly<Record<string, string>>;
}

/**
 * The program's last declaration of a key, kept so that a restart does not put it over what users uploaded since.
 */
export interface Declaration {
  readonly key: string;
  readonly hash: string;
  readonly etag: string;
  readonly versionId: string;
  readonly checksum?: Checksum;
}

/** One line of a bucket's journal. */
export type Entry =
  | { readonly put: Version; readonly completes?: string }
  | { readonly retag: Retagging }
  | { readonly remove: { readonly key: string; readonly versionId: string } }
  | { readonly upload: Upload }
  | { readonly part: Part; readonly uploadId: string }
  | { readonly abort: string }
  | { readonly declare: Declaration }
  | { readonly forget: string };

/** The object that a write finds at its key. */
export interface WriteTarget {
  readonly current?: ObjectVersion;
  /** Whether the key was written or deleted while this multipart upload was going on. */
  readonly isOvertaken?: boolean;
}

/** Checks a write's conditions against what is there when it takes effect; what it throws changes nothing. */
export type WriteCheck = (target: WriteTarget) => void;

export function isDeleteMarker(version: Version): version is DeleteMarker {
  return "deleteMarker" in version;
}
