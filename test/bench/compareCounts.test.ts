import assert from "node:assert/strict";
import { countedBy, grownCounts, grownSince } from "../../bench/footprint/compareCounts";
import type { Counts } from "../../bench/footprint/kinds";

describe("Comparing counts", () => {
  it("says of a count that grew what it is, what is allowed, and what to do", () => {
    assert.deepEqual(grownCounts("iris", { allocated: 31_000 }, { allocated: 23_000 }), [
      "iris: a warm request allocates 31.0 KB, 24.7 KB are allowed: find out why, or `npm run footprint -- --write`",
    ]);
    assert.deepEqual(grownCounts("iris", { writes: 2, modules: 3 }, { writes: 1, modules: 2 }), [
      "iris: a cold start loads 3 modules of JavaScript or native code, 2 are allowed: find out why, or `npm run footprint -- --write`",
      "iris: a warm request takes 2 writes, 1.5 are allowed: find out why, or `npm run footprint -- --write`",
    ]);
  });

  it("allows what shrank, what grew within the tolerance, and what is recorded nowhere", () => {
    assert.deepEqual(
      grownCounts("iris", { allocated: 23_800, reads: 0, opened: 5 }, { allocated: 23_000, reads: 1 }),
      [],
    );
  });

  it("compares archives on every machine, and the rest on the same one only", () => {
    const footprint = (machine: string, zipped: number, modules: number) => {
      const counts = (all: Counts) => ({
        counts: all,
        floor: { handler: "Node.js" as const, counts: {} },
        memorySize: 128,
      });
      return { machine, packages: { iris: { zipped } }, endpoints: { iris: counts({ modules }) } };
    };
    const recorded = footprint("linux x64, Node.js 20", 30_000, 2);
    const grown = (machine: string) => grownSince(recorded, footprint(machine, 60_000, 3)).length;
    assert.deepEqual([grown("linux x64, Node.js 20"), grown("darwin arm64, Node.js 24")], [2, 1]);
  });

  it("keeps the counts of one counter", () => {
    assert.deepEqual(countedBy({ modules: 1, writes: 2, zipped: 3 }, "strace"), { writes: 2 });
  });
});
