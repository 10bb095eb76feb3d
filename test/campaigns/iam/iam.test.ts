import assert from "node:assert/strict";
import { iam } from "./iam";

describe("The local IAM's evaluator", () => {
  it("decides generated policies as a second reading of AWS's rules does", async () => {
    const { findings, tried } = await iam({ seed: 1, count: 3_000 });
    assert.deepEqual(findings, []);
    assert.equal(tried.length, 3);
    for (const [what, times] of tried) assert.ok(times > 150, `${what} only ${times} times of 3,000`);
  });
});
