import { compareUtf8, type ObjectIndex } from "./store/objectIndex";
import type { ObjectVersion } from "./store/types";

export interface KeyList {
  readonly objects: readonly ObjectVersion[];
  /** Beginnings of keys up to and with the delimiter, each once. */
  readonly commonPrefixes: readonly string[];
  /** The last key or common prefix listed, where there are more: the next list begins after it. */
  readonly next: string | undefined;
}

/** A page of a bucket's current objects, in S3's order. */
export function listKeys(
  index: ObjectIndex,
  wanted: { prefix: string; delimiter: string; after: string; maxKeys: number },
): KeyList {
  const { prefix, delimiter, after, maxKeys } = wanted;
  const objects: ObjectVersion[] = [];
  const commonPrefixes: string[] = [];
  let last: string | undefined;
  let start: string | undefined = compareUtf8(after, prefix) > 0 ? after : prefix;
  scan: while (start !== undefined && maxKeys > 0) {
    let jump: string | undefined;
    for (const key of index.keys(start)) {
      if (!key.startsWith(prefix)) break scan;
      const object = index.current(key);
      if (!object || key === after) continue;
      const at = delimiter === "" ? -1 : key.indexOf(delimiter, prefix.length);
      const common = at < 0 ? undefined : key.slice(0, at + delimiter.length);
      // A common prefix that the last list ended in, or was told to begin within, is not listed again.
      if (common === undefined || !after.startsWith(common)) {
        if (objects.length + commonPrefixes.length === maxKeys)
          return { objects, commonPrefixes, next: last };
        if (common === undefined) objects.push(object);
        else commonPrefixes.push(common);
        last = common ?? key;
      }
      if (common !== undefined) {
        jump = index.keyAfterPrefix(common);
        break;
      }
    }
    start = jump;
  }
  return { objects, commonPrefixes, next: undefined };
}
