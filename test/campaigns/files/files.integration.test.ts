import assert from "node:assert/strict";
import { tryFormats } from "./tryFormats";

describe("Damaged files", () => {
  it("are read or refused, by every parser", async () => {
    const tried = await tryFormats({ seed: 1, count: 600 });
    assert.deepEqual(
      tried.flatMap(({ findings }) => findings),
      [],
    );
    for (const { format, refused } of tried) assert.ok(refused > 0, `no file of ${format} is refused`);
  });
});
