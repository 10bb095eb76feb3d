import assert from "node:assert/strict";
import fc from "fast-check";
import { ModelCache } from "../../../../bin/lib/plan/modelCache";
import { sessionRoom } from "../../../../functions/shared/modelStore/modelRoom";
import { ModelStore } from "../../../../functions/shared/modelStore/modelStore";
import { MemorySource } from "../../../helpers/handlers/memorySource";
import { scale } from "../../../helpers/models/scale";
import { scaleModel } from "../../../helpers/models/scaleModel";

const MODELS = 8;
const CHECK_SECONDS = 60;

/** Requests for a model, each some seconds after the one before. */
const REQUESTS = fc.array(
  fc.record({ model: fc.nat(MODELS - 1), seconds: fc.constantFrom(0, 10, 30, CHECK_SECONDS) }),
  { maxLength: 60 },
);

describe("The planner's cache", () => {
  it("finds, checks and loads what ModelStore does", async () => {
    await fc.assert(
      fc.asyncProperty(REQUESTS, fc.integer({ min: 1, max: MODELS + 1 }), async (requests, capacity) => {
        const source = new MemorySource();
        for (let model = 0; model < MODELS; model++) source.put(`${model}`, scaleModel(model));
        const room = sessionRoom(scaleModel(0).length, 2);
        let now = 0;
        const maxBytes = capacity * room;
        const store = new ModelStore({ source, maxBytes, checkSeconds: CHECK_SECONDS, now: () => now });
        const cache = new ModelCache(capacity, CHECK_SECONDS * 1000);
        for (const { model, seconds } of requests) {
          now += seconds * 1000;
          const before = { lookups: source.lookups, sent: source.sent.length };
          await store.use(`${model}`, {}, scale);
          const looked = source.lookups > before.lookups ? "check" : "hit";
          const found = source.sent.length > before.sent ? "load" : looked;
          assert.equal(cache.use(model, now), found);
        }
      }),
      { numRuns: 30 },
    );
  });
});
