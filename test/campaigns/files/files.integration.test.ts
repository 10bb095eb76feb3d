import assert from "node:assert/strict";
import { tryFormats } from "./tryFormats";

describe("Damaged files", () => {
  it("are read or rejected, by every parser", async () => {
    const tried = await tryFormats({ seed: 1, count: 600 });
    assert.deepEqual(
      tried.flatMap(({ findings }) => findings),
      [],
    );
    for (const { format, rejected } of tried) assert.ok(rejected > 0, `no file of ${format} is rejected`);
  });
});
