import assert from "node:assert/strict";
import { arrivals, shapeAt, type Traffic } from "../../../../bin/lib/plan/arrivals";
import { mulberry32 } from "../../../../bin/lib/plan/random";

const TRAFFIC: Traffic = { rate: 200, from: 0, until: 1_000_000, daily: false, burst: 1 };

/** Requests in each tenth of the time, as parts of what the rate gives. */
function tenths(traffic: Traffic): number[] {
  const next = arrivals(traffic, mulberry32(1));
  const counts = new Array<number>(10).fill(0);
  for (let now = next(); now < traffic.until; now = next()) {
    const tenth = Math.floor((now / traffic.until) * 10);
    counts[tenth] = (counts[tenth] ?? 0) + 1;
  }
  return counts.map((count) => count / ((traffic.rate * traffic.until) / 10_000));
}

describe("arrivals", () => {
  it("come at the rate, each independent of the one before", () => {
    for (const part of tenths(TRAFFIC)) assert.ok(Math.abs(part - 1) < 0.03, `${part}`);
    const next = arrivals(TRAFFIC, mulberry32(2));
    let [last, long] = [0, 0];
    for (let i = 0; i < 50_000; i++) {
      const now = next();
      if (now - last > 5) long++;
      last = now;
    }
    // Gaps of a Poisson process exceed their mean as often as 1 / e.
    assert.ok(Math.abs(long / 50_000 - Math.exp(-1)) < 0.01);
  });

  it("A burst raises the rate in the middle tenth only", () => {
    const traffic = { ...TRAFFIC, burst: 5 };
    assert.deepEqual(
      [0, 449_999, 450_000, 549_999, 550_000].map((now) => shapeAt(now, traffic)),
      [1, 1, 5, 5, 1],
    );
    const parts = tenths(traffic);
    // The burst lies across the fifth and the sixth tenth.
    for (const [tenth, part] of parts.entries()) {
      assert.ok(Math.abs(part - (tenth === 4 || tenth === 5 ? 3 : 1)) < 0.06, `${tenth}: ${part}`);
    }
  });

  it("A day's wave leaves the average as it is", () => {
    const parts = tenths({ ...TRAFFIC, daily: true });
    const mean = parts.reduce((sum, part) => sum + part, 0) / 10;
    assert.ok(Math.abs(mean - 1) < 0.02, `${mean}`);
    assert.ok(Math.max(...parts) > 1.6 && Math.min(...parts) < 0.4);
  });
});
