import assert from "node:assert/strict";
import { TokenBucket } from "../../../../local/services/gateway/rest/tokenBucket";

describe("TokenBucket", () => {
  it("lets a burst through at once, then the rate, and never saves more than the burst", () => {
    let now = 0;
    const bucket = new TokenBucket(2, 3, () => now);
    const take = (count: number) => Array.from({ length: count }, () => bucket.take());
    const burst = take(4);
    now = 499;
    const early = take(1);
    now = 1000;
    const afterASecond = take(3);
    now = 60_000;
    const afterAMinute = take(4);
    assert.deepEqual(
      [burst, early, afterASecond, afterAMinute],
      [[true, true, true, false], [false], [true, true, false], [true, true, true, false]],
    );
  });
});
