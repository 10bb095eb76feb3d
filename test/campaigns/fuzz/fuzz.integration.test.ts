import assert from "node:assert/strict";
import { fuzz } from "./fuzz";

describe("Inputs made of good ones", () => {
  it("break no promise of any endpoint", async () => {
    const { findings, tried } = await fuzz({ seed: 1, count: 400 });
    assert.deepEqual(findings, []);
    const ways = new Set(tried.map(([what]) => what.split(":")[0]));
    assert.equal(ways.size, 6 * 4, [...ways].join("\n"));
  });
});
