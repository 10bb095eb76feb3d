import { objectStore } from "../objectStore";
import type { ModelSource } from "./modelSource";

/** Models that are objects of a bucket, by their keys; the version is the ETag. */
export function bucketSource(bucket: string): ModelSource {
  const objects = objectStore(bucket);
  return {
    async fetch(key, knownVersion) {
      const object = await objects.get(key, { unlessEtag: knownVersion });
      return object && { version: object.etag, bytes: object.bytes, stream: object.body };
    },
  };
}
