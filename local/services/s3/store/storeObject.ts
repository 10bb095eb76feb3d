import { hash, randomBytes } from "node:crypto";
import { S3Error } from "../s3Error";
import type { BucketStore } from "./bucketStore";
import type { ObjectVersion, WriteCheck } from "./types";

type Draft = Omit<ObjectVersion, "versionId" | "lastModified" | "size">;

/**
 * Makes an object's bytes, which lie in the bucket's data folder already, its current version.
 * `check` sees the version before and may throw; `completes` is the multipart upload that ends with it.
 * Where it fails the bytes are removed, unless they are an upload's.
 */
export async function storeObject(
  bucket: BucketStore,
  draft: Draft,
  { now, check, completes }: { now: Date; check?: WriteCheck; completes?: string },
): Promise<ObjectVersion> {
  const version: ObjectVersion = {
    ...draft,
    size: draft.segments.reduce((sum, segment) => sum + segment.size, 0),
    versionId: newVersionId(bucket),
    lastModified: now.toISOString(),
  };
  try {
    await bucket.commit((state) => {
      const upload = completes === undefined ? undefined : state.uploads.get(completes);
      if (completes !== undefined && !upload) throw new S3Error("NoSuchUpload");
      check?.({ current: state.objects.current(draft.key), isOvertaken: upload?.isOvertaken });
      return [{ put: version, completes }];
    });
  } catch (error) {
    if (completes === undefined) await bucket.data.remove(draft.segments.map((segment) => segment.file));
    throw error;
  }
  return version;
}

/** 32 characters, as S3's; without versions, or with versions suspended, all writes share the version `null`. */
export function newVersionId({ configuration }: BucketStore): string {
  if (configuration.versioning !== "Enabled") return "null";
  const random = randomBytes(18).toString("base64url");
  // Letters, digits, dots and underscores, as S3's.
  return (random + checkDigits(random)).replaceAll("-", ".");
}

/** Whether an id may have been made here: as S3's, it cannot be made up. */
export function isVersionId(id: string): boolean {
  const written = id.replaceAll(".", "-");
  return id === "null" || (id.length === 32 && checkDigits(written.slice(0, 24)) === written.slice(24));
}

function checkDigits(random: string): string {
  return hash("sha256", random, "base64url").slice(0, 8);
}
