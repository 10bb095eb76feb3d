import assert from "node:assert/strict";
import { diffProperties } from "../../../local/engine/diffProperties";
import { UNKNOWN } from "../../../local/resources/value";

describe("diffProperties", () => {
  it("names each value that differs by its path, as Pulumi writes paths", () => {
    const before = {
      memorySize: 128,
      layers: ["a", "b"],
      environment: { variables: { A: "1", B: "2" } },
      timeout: 3,
    };
    const after = {
      memorySize: 256,
      layers: ["a"],
      environment: { variables: { A: "1", B: "3" } },
      tags: { "a.b": "c" },
    };
    assert.deepEqual(diffProperties(before, after), [
      { path: "environment.variables.B", kind: "update" },
      { path: "layers[1]", kind: "delete" },
      { path: "memorySize", kind: "update" },
      { path: "tags", kind: "add" },
      { path: "timeout", kind: "delete" },
    ]);
    assert.deepEqual(diffProperties({ tags: {} }, { tags: { "a.b": "c" } }), [
      { path: 'tags["a.b"]', kind: "add" },
    ]);
  });

  it("tells files by their content and not by where they lie", () => {
    const code = (archive: string, sha256: string) => ({ code: { archive, sha256 } });
    assert.deepEqual(diffProperties(code("/a.zip", "1"), code("/b.zip", "1")), []);
    assert.deepEqual(diffProperties(code("/a.zip", "1"), code("/a.zip", "2")), [
      { path: "code", kind: "update" },
    ]);
  });

  it("takes a value that is not known yet for a changed one", () => {
    assert.deepEqual(diffProperties({ functionVersion: "1" }, { functionVersion: UNKNOWN }), [
      { path: "functionVersion", kind: "update" },
    ]);
  });
});
