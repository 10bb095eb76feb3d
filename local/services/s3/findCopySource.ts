import type { Call } from "./call";
import { findVersion } from "./findVersion";
import { invalidArgument, S3Error } from "./s3Error";
import type { BucketStore } from "./store/bucketStore";
import type { ObjectVersion } from "./store/types";
import { checkReadPreconditions } from "./wire/preconditions";

/** The object that a copy is made of. */
export interface CopySource {
  readonly bucket: BucketStore;
  readonly version: ObjectVersion;
  /** Whether the request names a version. */
  readonly isVersionNamed: boolean;
}

/**
 * Finds the object that `x-amz-copy-source` names (`bucket/key[?versionId=…]`, percent-encoded), for callers that are
 * allowed to read it.
 *
 * @throws S3Error
 */
export async function findCopySource(call: Call): Promise<CopySource> {
  const header = call.request.header("x-amz-copy-source") ?? "";
  const [path = "", ...versions] = header.split("?versionId=");
  const [versionId] = versions;
  const [, name, key = ""] = /^(?:https?:\/\/[^/]+\/|\/)?([^/]+)\/(.+)$/s.exec(decode(path)) ?? [];
  if (name === undefined) {
    throw invalidArgument("Invalid copy source object key", "x-amz-copy-source", "x-amz-copy-source");
  }
  const bucket = call.store.bucket(name);
  const owner = call.request.header("x-amz-source-expected-bucket-owner");
  if (owner !== undefined && owner !== call.options.accountId) throw new S3Error("AccessDenied");
  await call.require(versionId === undefined ? "s3:GetObject" : "s3:GetObjectVersion", {
    bucket,
    key,
    context: { "s3:VersionId": versionId },
  });
  const version = await findVersion(call, bucket, { key, versionId });
  checkReadPreconditions(call.request, version, { ofCopySource: true, now: call.now });
  return { bucket, version, isVersionNamed: versionId !== undefined };
}

/** The source's version, as responses of copies show it: as recorded, never `null`. */
export function sourceVersionId({ version: { versionId } }: CopySource): string | undefined {
  return versionId === "null" ? undefined : versionId;
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text.replaceAll("+", " "));
  } catch (cause) {
    throw new S3Error("InvalidArgument", { message: "Copy Source must be percent-encoded.", cause });
  }
}
