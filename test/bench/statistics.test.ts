import assert from "node:assert/strict";
import { compare, quantile } from "../../bench/lib/statistics";

describe("The statistics of benchmarks", () => {
  it("A quantile is one of the numbers, whatever their order", () => {
    assert.equal(quantile([5, 1, 4, 2, 3], 0.5), 3);
    assert.equal(quantile([10, 9, 8, 7, 6, 5, 4, 3, 2, 1], 0.99), 10);
    assert.equal(quantile([2], 0), 2);
  });

  it("A ratio at the median is that of the rounds, which a slow half of the run does not move", () => {
    const rounds = Array.from({ length: 20 }, (_, i) => (i < 10 ? 1 : 7));
    const twice = compare(
      rounds.map((slowness) => [2 * slowness]),
      rounds.map((slowness) => [slowness]),
      0.5,
    );
    assert.deepEqual(twice, { ratio: 2, low: 2, high: 2 });
  });

  it("A ratio's interval holds the ratio, is narrow for steady rounds and wide for others", () => {
    const against = Array.from({ length: 30 }, () => [1]);
    const width = (spread: number) => {
      const rounds = against.map((_, i) => [1 + spread * Math.sin(i * 12.9898)]);
      const { ratio, low, high } = compare(rounds, against, 0.5);
      assert.ok(low <= ratio && ratio <= high);
      return high - low;
    };
    assert.ok(width(0.5) > 5 * width(0.01));
  });

  it("A ratio at the 99th percentile is taken over the samples of all rounds", () => {
    const samples = Array.from({ length: 100 }, (_, i) => i + 1);
    const rounds = Array.from({ length: 10 }, () => samples);
    assert.equal(
      compare(
        rounds.map((round) => round.map((each) => each * 3)),
        rounds,
        0.99,
      ).ratio,
      3,
    );
  });
});
