import type { LifecycleRule } from "./store/bucketConfiguration";
import type { BucketState } from "./store/bucketState";
import type { BucketStore } from "./store/bucketStore";
import { hide } from "./store/removeObject";
import { type Entry, isDeleteMarker, type ObjectVersion, type Upload, type Version } from "./store/types";

const DAY_MS = 24 * 60 * 60 * 1000;

const sweeps = new WeakMap<BucketStore, { day: string; rules: unknown; done: Promise<void> }>();

/**
 * Carries out a bucket's lifecycle rules. What they name is due at midnight UTC, so once a day is enough: the first
 * request of a day waits for it, and nobody ever sees an expired object. Transitions to other storage classes do nothing here.
 */
export function expireObjects(bucket: BucketStore, now: Date): Promise<void> {
  const day = now.toISOString().slice(0, 10);
  const rules = bucket.configuration.lifecycleRules;
  const last = sweeps.get(bucket);
  if (last?.day === day && last.rules === rules) return last.done;
  const enabled = (rules ?? []).filter((rule) => rule.Status === "Enabled");
  const done =
    enabled.length === 0
      ? Promise.resolve()
      : bucket.commit((state) => [
          ...[...state.objects.keys()].flatMap((key) => expireKey(bucket, state, key, enabled, now)),
          ...expireUploads(state, enabled, now),
        ]);
  sweeps.set(bucket, { day, rules, done });
  // A sweep that failed (a full disk) is tried again by the next request.
  done.catch(() => sweeps.delete(bucket));
  return done;
}

function expireKey(
  bucket: BucketStore,
  state: BucketState,
  key: string,
  rules: readonly LifecycleRule[],
  now: Date,
): readonly Entry[] {
  const versions = state.objects.versions(key);
  return versions.flatMap((version, age) => {
    const mine = rules.filter((rule) => concerns(rule, version));
    const remove: Entry = { remove: { key, versionId: version.versionId } };
    const successor = versions[age - 1];
    if (successor) {
      return mine.some((rule) => isNoncurrentDue(rule, successor, age, now)) ? [remove] : [];
    }
    if (isDeleteMarker(version)) {
      const alone = versions.length === 1;
      return alone && mine.some((rule) => rule.Expiration?.ExpiredObjectDeleteMarker) ? [remove] : [];
    }
    return rules.some((rule) => now.getTime() >= expirationTime(rule, version))
      ? hide(bucket, state, key, now)
      : [];
  });
}

function expireUploads(state: BucketState, rules: readonly LifecycleRule[], now: Date): Entry[] {
  return [...state.uploads.values()]
    .filter((upload) => rules.some((rule) => now.getTime() >= abortTime(rule, upload)))
    .map((upload) => ({ abort: upload.uploadId }));
}

/** `age` counts noncurrent versions from 1, the newest. A version is noncurrent since its successor came. */
function isNoncurrentDue(rule: LifecycleRule, successor: Version, age: number, now: Date): boolean {
  const expiration = rule.NoncurrentVersionExpiration;
  if (!expiration || age <= (expiration.NewerNoncurrentVersions ?? 0)) return false;
  return isDue({ Days: expiration.NoncurrentDays }, successor.lastModified, now);
}

/** When a rule aborts an upload, ms since 1970; never where it does not. */
export function abortTime(
  { AbortIncompleteMultipartUpload: abort, Filter, Prefix }: LifecycleRule,
  { key, initiated }: Upload,
): number {
  const prefix = Filter?.Prefix ?? Filter?.And?.Prefix ?? Prefix ?? "";
  if (!abort || !key.startsWith(prefix)) return Number.POSITIVE_INFINITY;
  return dueTime({ Days: abort.DaysAfterInitiation }, initiated);
}

/** When a rule removes the current version of an object, ms since 1970; never where it does not. */
export function expirationTime(rule: LifecycleRule, version: ObjectVersion): number {
  if (!rule.Expiration || !concerns(rule, version)) return Number.POSITIVE_INFINITY;
  return dueTime(rule.Expiration, version.lastModified);
}

function concerns({ Prefix, Filter }: LifecycleRule, version: Version): boolean {
  const filter = { ...Filter, ...Filter?.And };
  if (!version.key.startsWith(filter.Prefix ?? Prefix ?? "")) return false;
  const wantedTags = [...(filter.Tags ?? []), ...(filter.Tag ? [filter.Tag] : [])];
  const { ObjectSizeGreaterThan: above, ObjectSizeLessThan: below } = filter;
  if (isDeleteMarker(version)) return wantedTags.length === 0 && above === undefined && below === undefined;
  const tags = new Map(Object.entries(version.metadata.tags ?? {}));
  return (
    wantedTags.every(({ Key = "", Value }) => tags.get(Key) === Value) &&
    version.size > (above ?? -1) &&
    version.size < (below ?? Number.POSITIVE_INFINITY)
  );
}

interface Due {
  readonly Days?: number;
  readonly Date?: Date | string;
}

/** Whether a lifecycle action is due. */
export function isDue(due: Due, since: string, now: Date): boolean {
  return now.getTime() >= dueTime(due, since);
}

/**
 * When a lifecycle action is due, ms since 1970. S3 adds the days and rounds up to the next midnight UTC.
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/intro-lifecycle-rules.html#intro-lifecycle-rules-number-of-days
 */
function dueTime({ Days, Date: date }: Due, since: string): number {
  if (date !== undefined) return new Date(date).getTime();
  if (Days === undefined) return Number.POSITIVE_INFINITY;
  return Math.ceil((Date.parse(since) + Days * DAY_MS) / DAY_MS) * DAY_MS;
}
