import assert from "node:assert/strict";
import type { BucketStore } from "../../../../../local/services/s3/store/bucketStore";
import { isVersionId, newVersionId } from "../../../../../local/services/s3/store/storeObject";

describe("S3's version ids", () => {
  const bucket = { configuration: { versioning: "Enabled" } } as BucketStore;

  it("have 32 letters, digits, dots and underscores, and are known again", () => {
    for (const id of Array.from({ length: 200 }, () => newVersionId(bucket))) {
      assert.match(id, /^[A-Za-z0-9._]{32}$/);
      assert.ok(isVersionId(id), id);
      const other = id.startsWith("a") ? "b" : "a";
      assert.ok(!isVersionId(other + id.slice(1)), `made up from ${id}`);
    }
  });

  it("are known from data folders where they still have hyphens", () => {
    assert.ok(isVersionId(newVersionId(bucket).replaceAll(".", "-")));
  });
});
