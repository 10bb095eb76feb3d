import { compareUtf8, type ObjectIndex } from "./store/objectIndex";
import type { Version } from "./store/types";

export interface VersionList {
  readonly versions: readonly { readonly version: Version; readonly isLatest: boolean }[];
  readonly commonPrefixes: readonly string[];
  /** The last entry, if there is more; a common prefix has no version. */
  readonly next?: { readonly key: string; readonly versionId?: string };
}

/**
 * A page of all versions and delete markers: keys in S3's order, of a key the newest first. It begins after
 * `after.versionId` of `after.key`, or after all versions of that key (or all keys of that common prefix).
 */
export function listVersions(
  index: ObjectIndex,
  wanted: {
    prefix: string;
    delimiter: string;
    maxKeys: number;
    after: { readonly key: string; readonly versionId?: string };
  },
): VersionList {
  const { prefix, delimiter, maxKeys, after } = wanted;
  const versions: { version: Version; isLatest: boolean }[] = [];
  const commonPrefixes = new Set<string>();
  let next: VersionList["next"];
  if (maxKeys === 0) return { versions, commonPrefixes: [] };
  for (const key of index.keys(compareUtf8(after.key, prefix) > 0 ? after.key : prefix)) {
    if (!key.startsWith(prefix)) break;
    const at = delimiter === "" ? -1 : key.indexOf(delimiter, prefix.length);
    const common = at < 0 ? undefined : key.slice(0, at + delimiter.length);
    if (common !== undefined && (after.key.startsWith(common) || commonPrefixes.has(common))) continue;
    const all = index.versions(key);
    const first = key === after.key ? firstAfter(all, after.versionId) : 0;
    for (const [age, version] of all.entries()) {
      if (age < first) continue;
      if (versions.length + commonPrefixes.size === maxKeys) {
        return { versions, commonPrefixes: [...commonPrefixes], next };
      }
      if (common !== undefined) {
        commonPrefixes.add(common);
        next = { key: common };
        break;
      }
      versions.push({ version, isLatest: age === 0 });
      next = { key, versionId: version.versionId };
    }
  }
  return { versions, commonPrefixes: [...commonPrefixes] };
}

function firstAfter(versions: readonly Version[], versionId: string | undefined): number {
  if (versionId === undefined) return versions.length;
  return versions.findIndex((version) => version.versionId === versionId) + 1;
}
