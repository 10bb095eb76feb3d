import { isDeleteMarker, type ObjectVersion, type Version } from "./types";

/** All versions of all objects of a bucket, in memory: keys in S3's order, a key's versions newest first. */
export class ObjectIndex {
  readonly #byKey = new Map<string, Version[]>();
  #sorted: string[] = [];

  get isEmpty(): boolean {
    return this.#byKey.size === 0;
  }

  /** The current version, unless there is none or it is a delete marker. */
  current(key: string): ObjectVersion | undefined {
    const newest = this.#byKey.get(key)?.[0];
    return newest && !isDeleteMarker(newest) ? newest : undefined;
  }

  versions(key: string): readonly Version[] {
    return this.#byKey.get(key) ?? [];
  }

  version(key: string, versionId: string): Version | undefined {
    return this.#byKey.get(key)?.find((version) => version.versionId === versionId);
  }

  /** Makes a version the current one; returns the one of the same id that it replaces. */
  put(version: Version): Version | undefined {
    const versions = this.#byKey.get(version.key);
    if (!versions) {
      this.#byKey.set(version.key, [version]);
      this.#sorted.splice(this.#from(version.key), 0, version.key);
      return undefined;
    }
    const replaced = this.remove(version.key, version.versionId, true);
    versions.unshift(version);
    return replaced;
  }

  /** Puts a version in the place of the one with its id. */
  replace(version: Version): void {
    const versions = this.#byKey.get(version.key);
    const at = versions?.findIndex(({ versionId }) => versionId === version.versionId) ?? -1;
    if (versions && at >= 0) versions[at] = version;
  }

  remove(key: string, versionId: string, keepKey = false): Version | undefined {
    const versions = this.#byKey.get(key);
    const at = versions?.findIndex((version) => version.versionId === versionId) ?? -1;
    if (!versions || at < 0) return undefined;
    const [removed] = versions.splice(at, 1);
    if (versions.length === 0 && !keepKey) {
      this.#byKey.delete(key);
      this.#sorted.splice(this.#from(key), 1);
    }
    return removed;
  }

  /** Keys in order, from `start` on: the key itself when it exists, else the next. */
  *keys(start = ""): Generator<string> {
    for (let i = this.#from(start); i < this.#sorted.length; i++) yield this.#sorted[i] as string;
  }

  /** The first key after all that begin with `prefix`. */
  keyAfterPrefix(prefix: string): string | undefined {
    return this.#sorted[this.#search((key) => key.startsWith(prefix) || compareUtf8(key, prefix) < 0)];
  }

  #from(key: string): number {
    return this.#search((other) => compareUtf8(other, key) < 0);
  }

  /** How many keys, at the front, are `before`. */
  #search(before: (key: string) => boolean): number {
    let low = 0;
    let high = this.#sorted.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (before(this.#sorted[middle] as string)) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}

/** Orders strings as their UTF-8 bytes do, which is S3's order; UTF-16 puts characters beyond U+FFFF before U+E000. */
export function compareUtf8(a: string, b: string): number {
  const length = Math.min(a.length, b.length);
  for (let i = 0; i < length; i++) {
    const x = a.charCodeAt(i);
    const y = b.charCodeAt(i);
    if (x !== y) return rank(x) - rank(y);
  }
  return a.length - b.length;
}

/** Moves surrogates above all other code units. */
function rank(unit: number): number {
  if (unit < 0xd800) return unit;
  return unit < 0xe000 ? unit + 0x2000 : unit - 0x800;
}
