import assert from "node:assert/strict";
import fc from "fast-check";
import { Fleet, type Outcome } from "../../../../bin/lib/plan/fleet";
import type { FunctionInstance } from "../../../../local/services/lambda/functionInstance";
import { FunctionScheduler } from "../../../../local/services/lambda/functionScheduler";
import type { FunctionVersion } from "../../../../local/services/lambda/functionVersion";

const VERSION = { digest: "one" } as FunctionVersion;
/** Fractions differ, so that no two requests are done at the same time: their order would be anyone's. */
const TIMES = { hit: 20, check: 20, load: 100.5, coldStart: 400.25 };
const FOREVER = 2 ** 31 - 1;

interface Request {
  readonly now: number;
  readonly model: number;
}

/** Tells what requests find in the scheduler's instances, which load models when they are first asked for them. */
async function scheduled(requests: readonly Request[]): Promise<Outcome[]> {
  const models = new Map<FunctionInstance, Set<number>>();
  const scheduler = new FunctionScheduler({
    maxInstances: 1000,
    idleMs: FOREVER,
    start(version) {
      const instance = { version, ended: false, end: async () => {} } as unknown as FunctionInstance;
      models.set(instance, new Set());
      return instance;
    },
  });
  const busy: { readonly instance: FunctionInstance; readonly doneAt: number }[] = [];
  const outcomes: Outcome[] = [];
  for (const { now, model } of requests) {
    busy.sort((a, b) => a.doneAt - b.doneAt);
    while (busy[0] !== undefined && busy[0].doneAt <= now) {
      scheduler.release(busy[0].instance);
      busy.shift();
    }
    const before = models.size;
    const instance = await scheduler.acquire(VERSION);
    const found = models.get(instance)?.has(model) ? "hit" : "load";
    models.get(instance)?.add(model);
    const outcome = models.size > before ? "coldStart" : found;
    outcomes.push(outcome);
    busy.push({ instance, doneAt: now + TIMES[outcome] });
  }
  await scheduler.close();
  return outcomes;
}

function planned(requests: readonly Request[]): Outcome[] {
  const fleet = new Fleet({
    times: TIMES,
    capacity: 1000,
    checkMs: FOREVER,
    idleMs: FOREVER,
    concurrency: 1000,
  });
  return requests.map(({ now, model }) => fleet.request(now, model));
}

describe("FunctionScheduler", () => {
  it("gives requests the instances that the planner gives them", async () => {
    const gap = fc.oneof(fc.integer({ min: 1, max: 20 }), fc.integer({ min: 1, max: 400 }));
    const model = fc.nat(3);
    await fc.assert(
      fc.asyncProperty(fc.array(fc.tuple(gap, model), { maxLength: 80 }), async (drawn) => {
        let now = 0;
        const requests = drawn.map(([wait, model]) => {
          now += wait;
          return { now, model };
        });
        assert.deepEqual(await scheduled(requests), planned(requests));
      }),
      { numRuns: 200 },
    );
  });
});
