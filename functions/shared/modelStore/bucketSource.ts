import { isEvaluable } from "../evaluator/mark";
import type { ObjectStore } from "../objectStore";
import type { ModelSource } from "./modelSource";

/** Finds models by their keys among the objects of a bucket; the version is the ETag. */
export function bucketSource(objects: ObjectStore): ModelSource {
  return {
    async fetch(key, knownVersion) {
      const object = await objects.get(key, { unlessEtag: knownVersion });
      return (
        object && {
          version: object.etag,
          bytes: object.bytes,
          stream: object.body,
          evaluable: isEvaluable(object),
        }
      );
    },
  };
}
