import { NotFound } from "../errors";
import { isEvaluable } from "../evaluator/mark";
import type { ObjectStore } from "../objectStore";
import type { ModelSource } from "./modelSource";

/** Stands in for the ETag of a missing file beside a model. */
const MISSING = "-";

/**
 * Finds models by their keys among the objects of a bucket. The version is the ETag, followed by a line for each file
 * beside the model that was asked for: new weights may come with the same graph, or after it.
 */
export function bucketSource(objects: ObjectStore): ModelSource {
  const etagOf = (key: string) =>
    objects.head(key).then(
      ({ etag }) => etag,
      (error: unknown) => {
        if (error instanceof NotFound) return MISSING;
        throw error;
      },
    );
  const areUnchanged = async (key: string, files: readonly string[]) => {
    for (const file of files) {
      const space = file.indexOf(" ");
      if ((await etagOf(besideOf(key, file.slice(space + 1)))) !== file.slice(0, space)) return false;
    }
    return true;
  };
  return {
    async fetch(key, knownVersion) {
      const [known, ...files] = knownVersion?.split("\n") ?? [];
      let object = await objects.get(key, { unlessEtag: known });
      if (object === undefined) {
        if (await areUnchanged(key, files)) return undefined;
        object = await objects.get(key);
        if (object === undefined) throw new Error("S3 said that an object is unchanged, which was not asked");
      }
      const lines = [object.etag];
      return {
        get version() {
          return lines.join("\n");
        },
        bytes: object.bytes,
        stream: object.body,
        evaluable: isEvaluable(object),
        async beside(name) {
          try {
            const file = await objects.get(besideOf(key, name));
            lines.push(`${file?.etag} ${name}`);
            return file?.body;
          } catch (error) {
            if (!(error instanceof NotFound)) throw error;
            lines.push(`${MISSING} ${name}`);
            return undefined;
          }
        },
      };
    },
  };
}

/** Builds the key of a file in the model's own folder. */
function besideOf(key: string, name: string): string {
  return `${key.slice(0, key.lastIndexOf("/") + 1)}${name}`;
}
