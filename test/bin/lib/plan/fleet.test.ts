import assert from "node:assert/strict";
import fc from "fast-check";
import { arrivals } from "../../../../bin/lib/plan/arrivals";
import { Fleet, type FleetOptions } from "../../../../bin/lib/plan/fleet";
import { mulberry32 } from "../../../../bin/lib/plan/random";
import { simulate } from "../../../../bin/lib/plan/simulate";
import { zipf } from "../../../../bin/lib/plan/zipf";

const TIMES = { hit: 10, check: 20, load: 100, coldStart: 500 };
const OPTIONS: FleetOptions = {
  times: TIMES,
  capacity: 2,
  checkMs: 60_000,
  idleMs: 300_000,
  concurrency: 1000,
};

/** Tells what requests find, each given by its time in ms and its model. */
function outcomes(requests: readonly (readonly [now: number, model: number])[], options = OPTIONS) {
  const fleet = new Fleet(options);
  return requests.map(([now, model]) => fleet.request(now, model));
}

describe("Fleet", () => {
  it("starts an instance where none is free, and gives a request the one that worked last", () => {
    // Model 1 is loaded by the first instance, model 2 by the second, which is done last.
    const found = outcomes([
      [0, 1],
      [1, 2],
      [1000, 2],
      [2000, 1],
      [3000, 1],
    ]);
    assert.deepEqual(found, ["coldStart", "coldStart", "hit", "load", "hit"]);
  });

  it("keeps an instance busy for as long as its request takes", () => {
    const found = outcomes([
      [0, 1],
      [499, 1],
      [500, 1],
      [510, 1],
    ]);
    assert.deepEqual(found, ["coldStart", "coldStart", "hit", "hit"]);
  });

  it("keeps the models of each instance apart", () => {
    const found = outcomes([
      [0, 1],
      [1, 2],
      [1000, 2],
      [1001, 1],
    ]);
    assert.deepEqual(found, ["coldStart", "coldStart", "hit", "hit"]);
  });

  it("ends an instance that was idle for too long, with its models", () => {
    const found = outcomes([
      [0, 1],
      [500 + 299_999, 1],
      [500 + 299_999 + 20 + 300_000, 1],
    ]);
    assert.deepEqual(found, ["coldStart", "check", "coldStart"]);
  });

  it("throttles what exceeds the account's concurrency", () => {
    const found = outcomes(
      [
        [0, 1],
        [1, 1],
        [2, 1],
        [501, 1],
      ],
      { ...OPTIONS, concurrency: 2 },
    );
    assert.deepEqual(found, ["coldStart", "coldStart", "throttle", "hit"]);
  });

  it("starts no more than 1,000 instances at once, and 100 a second from then on", () => {
    const fleet = new Fleet({
      ...OPTIONS,
      concurrency: 100_000,
      times: { hit: 1e6, check: 1e6, load: 1e6, coldStart: 1e6 },
    });
    const starts = (now: number, requests: number) => {
      for (let i = 0; i < requests; i++) fleet.request(now, 1);
      return fleet.instances;
    };
    assert.deepEqual([starts(0, 1500), starts(1000, 500), starts(21_000, 5000)], [1000, 1100, 2100]);
  });

  it("takes ten requests a second for each of the account's concurrency", () => {
    const fleet = new Fleet({
      ...OPTIONS,
      concurrency: 1,
      times: { hit: 0, check: 0, load: 0, coldStart: 0 },
    });
    const found = Array.from({ length: 12 }, () => fleet.request(0, 1));
    assert.equal(found.filter((outcome) => outcome === "throttle").length, 2);
    assert.notEqual(fleet.request(100, 1), "throttle");
  });
});

describe("simulate", () => {
  /** Requests at random, and what was measured of them. */
  function run(options: FleetOptions, { rate, seed }: { rate: number; seed: number }) {
    const span = { from: 60_000, until: 360_000 };
    const traffic = { rate, ...span, daily: false, burst: 1 };
    const arrive = arrivals(traffic, mulberry32(seed));
    let counted = 0;
    const next = () => {
      const now = arrive();
      if (now >= span.from && now < span.until) counted++;
      return now;
    };
    const simulated = simulate(options, { next, model: zipf(20, 1, seed), ...span });
    return { ...simulated, counted };
  }

  it("counts each request once: as a hit, a load or a throttle", () => {
    fc.assert(
      fc.property(
        fc.record({
          rate: fc.double({ min: 0.1, max: 200, noNaN: true }),
          seed: fc.nat(1000),
          capacity: fc.integer({ min: 1, max: 25 }),
          concurrency: fc.integer({ min: 1, max: 30 }),
          idleMs: fc.integer({ min: 0, max: 30_000 }),
        }),
        ({ rate, seed, ...limits }) => {
          const { outcomes, counted, instances } = run({ ...OPTIONS, ...limits }, { rate, seed });
          assert.equal(
            Object.values(outcomes).reduce((sum, count) => sum + count, 0),
            counted,
          );
          assert.ok(instances <= limits.concurrency);
        },
      ),
      { numRuns: 50 },
    );
  });

  it("The mean concurrency is the rate times the mean time: Little's law", () => {
    for (const rate of [5, 50, 500]) {
      const { outcomes, concurrency, counted } = run(OPTIONS, { rate, seed: rate });
      const { hit, check, load, coldStart } = TIMES;
      const worked =
        outcomes.hit * hit + outcomes.check * check + outcomes.load * load + outcomes.coldStart * coldStart;
      assert.equal(outcomes.throttle, 0);
      const expected = (counted / 300_000) * (worked / counted);
      // Requests that are at work when the count begins and ends.
      assert.ok(Math.abs(concurrency / expected - 1) < 0.01, `${concurrency}, ${expected}`);
    }
  });

  it("The same seed gives the same result", () => {
    assert.deepEqual(run(OPTIONS, { rate: 50, seed: 3 }), run(OPTIONS, { rate: 50, seed: 3 }));
  });
});
