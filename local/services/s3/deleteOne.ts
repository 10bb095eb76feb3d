import type { Call } from "./call";
import { type Removed, removeObject } from "./store/removeObject";
import type { ObjectVersion } from "./store/types";

/** Deletes one object or version for somebody who may, and tells the bucket's functions; DeleteObject and DeleteObjects alike. */
export async function deleteOne(
  call: Call,
  { key, versionId }: { key: string; versionId?: string },
  check?: (current?: ObjectVersion) => void,
): Promise<Removed> {
  await call.require(versionId === undefined ? "s3:DeleteObject" : "s3:DeleteObjectVersion", { key });
  const removed = await removeObject(call.bucket, { key, versionId }, { now: call.now, check });
  if (removed.changed) {
    const marked = removed.deleteMarker && versionId === undefined;
    const id = removed.versionId;
    call.notify(marked ? "ObjectRemoved:DeleteMarkerCreated" : "ObjectRemoved:Delete", {
      key,
      versionId: id,
    });
  }
  return removed;
}
