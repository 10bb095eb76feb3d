import assert from "node:assert/strict";
import { plain } from "../../../local/cli/terminal";
import { updateLines } from "../../../local/cli/updateLines";
import type { Changes } from "../../../local/cloud/reconcile";

describe("The line of a saved change", () => {
  const line = (files: string[], changes: Partial<Changes>) => {
    const outputs = { before: {}, after: {}, recovered: false };
    const [text] = updateLines(files, { created: [], updated: [], deleted: [], ...changes }, outputs, plain);
    return text?.replace(/^\S+ /, "");
  };
  const names = (count: number) => Array.from({ length: count }, (_, index) => `r${index + 1}`);

  it("names each resource once, also one that is replaced", () => {
    assert.equal(line(["index.ts"], { created: ["api"], deleted: ["api"] }), "index.ts changed: api");
  });

  it("names the first of many files and resources, and counts the rest", () => {
    assert.equal(
      line(["a.ts", "b.ts", "c.ts", "d.ts"], { created: names(9) }),
      "a.ts, b.ts, c.ts and 1 more changed: r1, r2, r3, r4, r5, r6, r7, r8 and 1 more",
    );
    assert.equal(
      line(["a.ts", "b.ts", "c.ts"], { created: names(8) }),
      "a.ts, b.ts, c.ts changed: r1, r2, r3, r4, r5, r6, r7, r8",
    );
  });

  it("is missing where nothing changed", () => {
    assert.equal(line(["index.ts"], {}), undefined);
  });
});
