import assert from "node:assert/strict";
import fc from "fast-check";
import { lruHitRate } from "../../../../bin/lib/plan/lruHitRate";
import { ModelCache } from "../../../../bin/lib/plan/modelCache";
import { mulberry32 } from "../../../../bin/lib/plan/random";
import { aliasSampler, zipfProbabilities } from "../../../../bin/lib/plan/zipf";

const REQUESTS = 100_000;

describe("lruHitRate", () => {
  it("agrees with a simulated cache of ten models and more to one part in a hundred", () => {
    fc.assert(
      fc.property(
        fc.record({
          models: fc.integer({ min: 200, max: 2000 }),
          exponent: fc.double({ min: 0, max: 2, noNaN: true }),
          part: fc.double({ min: 0.05, max: 0.9, noNaN: true }),
          seed: fc.nat(1000),
        }),
        ({ models, exponent, part, seed }) => {
          const capacity = Math.ceil(models * part);
          const probabilities = zipfProbabilities(models, exponent);
          const draw = aliasSampler(probabilities, mulberry32(seed));
          const cache = new ModelCache(capacity, Number.POSITIVE_INFINITY);
          let hits = 0;
          // Until it is full.
          for (let loads = 0, i = 0; loads < capacity && i < 10 * REQUESTS; i++) {
            if (cache.use(draw(), 0) === "load") loads++;
          }
          for (let i = 0; i < REQUESTS; i++) if (cache.use(draw(), 0) === "hit") hits++;
          assert.ok(Math.abs(hits / REQUESTS - lruHitRate(probabilities, capacity)) < 0.01);
        },
      ),
      { numRuns: 25 },
    );
  });

  it("A cache of one finds a model that is asked for twice in a row, about", () => {
    const probabilities = zipfProbabilities(1000, 0);
    assert.ok(Math.abs(lruHitRate(probabilities, 1) - 1 / 1000) < 1e-4);
  });

  it("The hit rate of a cache is 1 where all models fit", () => {
    assert.equal(lruHitRate(zipfProbabilities(10, 1), 10), 1);
  });
});
