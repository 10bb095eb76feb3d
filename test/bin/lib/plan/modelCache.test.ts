import assert from "node:assert/strict";
import fc from "fast-check";
import { ModelCache } from "../../../../bin/lib/plan/modelCache";

describe("ModelCache", () => {
  it("keeps the most recently used of thousands of models", () => {
    fc.assert(
      fc.property(fc.integer(), fc.integer({ min: 1, max: 500 }), (seed, capacity) => {
        const cache = new ModelCache(capacity, Number.POSITIVE_INFINITY);
        const kept = new Map<number, true>();
        let state = seed;
        for (let i = 0; i < 3000; i++) {
          state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
          const model = state >>> 20 < 2048 ? (state >>> 8) % 50 : (state >>> 8) % 4000;
          assert.equal(cache.use(model, i), kept.delete(model) ? "hit" : "load");
          kept.set(model, true);
          if (kept.size > capacity) kept.delete(kept.keys().next().value as number);
        }
      }),
      { numRuns: 50 },
    );
  });
});
