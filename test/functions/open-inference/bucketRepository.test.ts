import assert from "node:assert/strict";
import { bucketRepository } from "../../../functions/open-inference/bucketRepository";
import type { ModelStore } from "../../../functions/shared/modelStore/modelStore";
import type { ObjectStore } from "../../../functions/shared/objectStore";

/** A repository of objects with these keys. */
function repositoryOf(...keys: string[]) {
  const objects: Pick<ObjectStore, "list"> = {
    async *list() {
      for (const key of keys) yield { key, etag: '"1"', bytes: 1 };
    },
  };
  const models: Pick<ModelStore, "rejectionFor"> = { rejectionFor: () => undefined };
  return bucketRepository({
    objects: objects as ObjectStore,
    models: models as ModelStore,
    checkSeconds: 60,
  });
}

describe("bucketRepository", () => {
  it("The highest version comes first, by its number, also where a double does not hold it", async () => {
    const versions = ["9", "10", "202611281036501238", "202611281036501239", "202611281036501237"];
    const repository = repositoryOf(...versions.map((version) => `models/churn/${version}/model.onnx`));
    assert.deepEqual(await repository.versions("churn"), [
      "202611281036501239",
      "202611281036501238",
      "202611281036501237",
      "10",
      "9",
    ]);
  });
});
