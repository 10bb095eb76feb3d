import type { BucketState } from "./bucketState";
import type { BucketStore } from "./bucketStore";
import { newVersionId } from "./storeObject";
import { type DeleteMarker, type Entry, isDeleteMarker, type WriteCheck } from "./types";

export interface Removed {
  /** The version id of the marker made, or of the version removed. */
  readonly versionId?: string;
  /** Whether a delete marker was made or removed. */
  readonly deleteMarker: boolean;
  /** Whether anything changed. */
  readonly changed: boolean;
}

/**
 * Deletes as S3 does: a named version for good; without a name, the object itself in a bucket
 * without versions, else behind a delete marker. Deleting what is not there is no error.
 */
export async function removeObject(
  bucket: BucketStore,
  { key, versionId }: { key: string; versionId?: string },
  { now, check }: { now: Date; check?: WriteCheck },
): Promise<Removed> {
  let removed: Removed = { deleteMarker: false, changed: false };
  await bucket.commit((state) => {
    check?.({ current: state.objects.current(key) });
    const entries =
      versionId === undefined ? hide(bucket, state, key, now) : [{ remove: { key, versionId } }];
    removed = describe(state, key, entries[0]);
    return removed.changed ? entries : [];
  });
  return removed;
}

/** The entries that take an object out of sight. */
export function hide(bucket: BucketStore, state: BucketState, key: string, now: Date): readonly Entry[] {
  if (bucket.configuration.versioning === undefined) {
    return state.objects.version(key, "null") ? [{ remove: { key, versionId: "null" } }] : [];
  }
  const marker: DeleteMarker = {
    key,
    versionId: newVersionId(bucket),
    lastModified: now.toISOString(),
    deleteMarker: true,
  };
  return [{ put: marker }];
}

function describe(state: BucketState, key: string, entry: Entry | undefined): Removed {
  if (entry && "put" in entry) return { versionId: entry.put.versionId, deleteMarker: true, changed: true };
  if (entry && "remove" in entry) {
    const { versionId } = entry.remove;
    const version = state.objects.version(key, versionId);
    return {
      versionId,
      deleteMarker: version !== undefined && isDeleteMarker(version),
      changed: version !== undefined,
    };
  }
  return { deleteMarker: false, changed: false };
}
