import { invalidArgument } from "./s3Error";
import type { OpenUpload } from "./store/bucketState";
import { compareUtf8 } from "./store/objectIndex";

export interface UploadList {
  readonly uploads: readonly OpenUpload[];
  readonly commonPrefixes: readonly string[];
  /** The last entry, if there is more; a common prefix has no upload. */
  readonly next?: { readonly key: string; readonly uploadId?: string };
}

/**
 * Lists a page of the uploads that are going on: keys in S3's order, of a key the oldest first. It begins after
 * `after.uploadId` of `after.key`, or after all uploads of that key (or all keys of that common prefix).
 *
 * @throws S3Error  InvalidArgument: the marker's upload is not one of its key.
 */
export function listUploads(
  open: ReadonlyMap<string, OpenUpload>,
  wanted: {
    prefix: string;
    delimiter: string;
    maxUploads: number;
    after: { readonly key: string; readonly uploadId?: string };
  },
): UploadList {
  const { prefix, delimiter, maxUploads, after } = wanted;
  const sorted = [...open.values()]
    .filter(({ key }) => key.startsWith(prefix))
    .sort((a, b) => compareUtf8(a.key, b.key) || compare(a.initiated, b.initiated));
  const uploads: OpenUpload[] = [];
  const commonPrefixes = new Set<string>();
  let next: UploadList["next"];
  for (const upload of sorted.slice(firstAfter(sorted, after))) {
    const at = delimiter === "" ? -1 : upload.key.indexOf(delimiter, prefix.length);
    const common = at < 0 ? undefined : upload.key.slice(0, at + delimiter.length);
    if (common !== undefined && (after.key.startsWith(common) || commonPrefixes.has(common))) continue;
    if (uploads.length + commonPrefixes.size === maxUploads) {
      return { uploads, commonPrefixes: [...commonPrefixes], next };
    }
    if (common === undefined) {
      uploads.push(upload);
      next = { key: upload.key, uploadId: upload.uploadId };
    } else {
      commonPrefixes.add(common);
      next = { key: common };
    }
  }
  return { uploads, commonPrefixes: [...commonPrefixes] };
}

function firstAfter(
  sorted: readonly OpenUpload[],
  { key, uploadId }: { readonly key: string; readonly uploadId?: string },
): number {
  if (uploadId !== undefined) {
    const at = sorted.findIndex((upload) => upload.uploadId === uploadId);
    if (at >= 0 && sorted[at]?.key === key) return at + 1;
    if (at >= 0) throw invalidArgument("Invalid uploadId marker", "upload-id-marker", uploadId);
  }
  const first = sorted.findIndex((upload) => compareUtf8(upload.key, key) > 0);
  return first < 0 ? sorted.length : first;
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
