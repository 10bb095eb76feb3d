import assert from "node:assert/strict";
import fc from "fast-check";
import { tilesAlong, windowAlong } from "../../../functions/smoke-segmentation/tilesAlong";

const [MULTIPLE, HALO] = [4, 24];

/** Axes as the endpoint meets them: padded to a multiple, windows that are one, larger than two halos. */
const axes = fc
  .record({ length: fc.integer({ min: 1, max: 2048 }), window: fc.integer({ min: 13, max: 200 }) })
  .map(({ length, window }) => {
    const padded = Math.ceil(length / MULTIPLE) * MULTIPLE;
    return { length, padded, window: Math.min(window * MULTIPLE, padded) };
  });

describe("windowAlong", () => {
  it("leaves an axis that fits whole", () => {
    assert.equal(windowAlong(48, 48, HALO, MULTIPLE), 48);
  });

  it("shares an axis evenly between its windows", () => {
    assert.equal(windowAlong(2048, 1056, HALO, MULTIPLE), 1048);
    assert.equal(windowAlong(1060, 1056, HALO, MULTIPLE), 556);
  });

  it("makes as few tiles as the longest window, and is no longer", () => {
    fc.assert(
      fc.property(axes, ({ length, padded, window: longest }) => {
        const window = windowAlong(padded, longest, HALO, MULTIPLE);
        assert.ok(window <= longest && window % MULTIPLE === 0, `${window}`);
        const [tiles, fewest] = [window, longest].map(
          (each) => tilesAlong(length, padded, each, HALO).length,
        );
        assert.equal(tiles, fewest);
      }),
    );
  });
});

describe("tilesAlong", () => {
  it("leaves an axis that fits into one window whole", () => {
    assert.deepEqual(tilesAlong(45, 48, 48, HALO), [{ start: 0, from: 0, to: 45 }]);
  });

  it("overlaps by two halos, and lets the last window end where the axis does", () => {
    assert.deepEqual(tilesAlong(200, 200, 100, HALO), [
      { start: 0, from: 0, to: 76 },
      { start: 52, from: 76, to: 128 },
      { start: 100, from: 128, to: 200 },
    ]);
  });

  it("Tiles cover every pixel once", () => {
    fc.assert(
      fc.property(axes, ({ length, padded, window }) => {
        const tiles = tilesAlong(length, padded, window, HALO);
        const pixels = tiles.flatMap(({ from, to }) => Array.from({ length: to - from }, (_, i) => from + i));
        assert.deepEqual(
          pixels,
          Array.from({ length }, (_, i) => i),
        );
      }),
    );
  });

  it("keeps of a window what is a halo away from its ends, but where the axis ends too", () => {
    fc.assert(
      fc.property(axes, ({ length, padded, window }) => {
        for (const { start, from, to } of tilesAlong(length, padded, window, HALO)) {
          assert.ok(start % MULTIPLE === 0 && start >= 0 && start + window <= padded, `starts at ${start}`);
          assert.ok(start === 0 || from - start >= HALO, `${from} is near the start ${start}`);
          assert.ok(start + window === padded || start + window - to >= HALO, `${to} is near the end`);
        }
      }),
    );
  });
});
