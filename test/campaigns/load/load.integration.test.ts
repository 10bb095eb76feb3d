import assert from "node:assert/strict";
import { load } from "./load";

describe("Load from many connections", () => {
  it("is answered with 200 while scenes are uploaded and models replaced, and the cloud ends cleanly", async () => {
    const { findings, tried } = await load({ minutes: 0.05 });
    assert.deepEqual(findings, []);
    for (const [what, times] of tried) assert.ok(times > 0, what);
    assert.equal(tried.length, 9);
  });
});
