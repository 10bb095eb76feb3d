import assert from "node:assert/strict";
import { aliasSampler, zipf, zipfProbabilities } from "../../../../bin/lib/plan/zipf";

describe("zipf", () => {
  it("The n-th is as likely as Zipf's law has it, and all are certain together", () => {
    const probabilities = zipfProbabilities(4, 1);
    assert.deepEqual(
      [...probabilities].map((probability) => probability.toFixed(12)),
      [12 / 25, 6 / 25, 4 / 25, 3 / 25].map((probability) => probability.toFixed(12)),
    );
  });

  it("Draws as often as is likely, where every random number comes once", () => {
    for (const [count, exponent] of [
      [1, 1],
      [7, 0],
      [50, 0.8],
      [1000, 1.1],
    ] as const) {
      const probabilities = zipfProbabilities(count, exponent);
      const draws = count * 1000;
      let drawn = 0;
      const draw = aliasSampler(probabilities, () => (drawn++ + 0.5) / draws);
      const times = new Float64Array(count);
      for (let i = 0; i < draws; i++) {
        const index = draw();
        times[index] = (times[index] ?? 0) + 1;
      }
      for (const [index, probability] of probabilities.entries()) {
        // A column of the tables is cut to a thousandth; an index has its own and parts of others.
        assert.ok(Math.abs((times[index] ?? 0) / draws - probability) < 0.002, `${index} of ${count}`);
      }
    }
  });

  it("Draws the same numbers with the same seed", () => {
    const draws = (seed: number) => {
      const draw = zipf(1000, 1, seed);
      return Array.from({ length: 20 }, draw);
    };
    assert.deepEqual(draws(7), draws(7));
    assert.notDeepEqual(draws(7), draws(8));
  });
});
