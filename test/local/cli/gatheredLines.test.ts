import assert from "node:assert/strict";
import { GatheredLines } from "../../../local/cli/gatheredLines";

describe("Gathered lines", () => {
  it("are written together after a moment, in order", async () => {
    const written = await new Promise((resolve) => {
      const lines = new GatheredLines(resolve);
      lines.add("a");
      lines.add("b\nc");
    });
    assert.equal(written, "a\nb\nc");
  });

  it("are written at once when the process ends, and only once", () => {
    const written: string[] = [];
    const lines = new GatheredLines((text) => written.push(text));
    lines.add("a");
    lines.flush();
    lines.flush();
    lines.add("b");
    lines.flush();
    assert.deepEqual(written, ["a", "b"]);
  });
});
