import assert from "node:assert/strict";
import { faults } from "./faults";

describe("Faults that need no cloud", () => {
  it("cost their own request only, and leave nothing half there", async () => {
    const { findings, tried } = await faults({ seed: 1 }, ({ isQuick }) => isQuick === true);
    assert.deepEqual(findings, []);
    assert.equal(tried.length, 3);
  });
});
