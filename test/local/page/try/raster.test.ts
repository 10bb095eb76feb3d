import assert from "node:assert/strict";
import type { NpyArray } from "../../../../local/page/client/try/npy";
import {
  bandOf,
  maskOfArray,
  maskOfLists,
  paintBands,
  paintMask,
  scenesOf,
  shareAbove,
} from "../../../../local/page/client/try/raster";

/** An array whose values are their index, digit by digit. */
const counted = (...shape: number[]): NpyArray => ({
  shape,
  value: (...index) => Number(index.join("")),
});

describe("A scene's bands", () => {
  it("are taken of a single scene and of one of a batch", () => {
    assert.deepEqual(scenesOf(counted(2, 3, 6)), { count: 1, bands: 6 });
    assert.deepEqual(scenesOf(counted(4, 2, 3, 6)), { count: 4, bands: 6 });
    assert.equal(scenesOf(counted(2, 3)), undefined);
    const single = bandOf(counted(2, 3, 6), 0, 5);
    assert.deepEqual([single.width, single.height, [...single.values]], [3, 2, [5, 15, 25, 105, 115, 125]]);
    assert.deepEqual([...bandOf(counted(4, 1, 2, 6), 3, 1).values], [3001, 3011]);
  });

  it("are painted from their darkest to their brightest values, and flat ones do not fail", () => {
    const ramp = { width: 3, height: 1, values: Float32Array.of(10, 20, 30) };
    const flat = { width: 3, height: 1, values: Float32Array.of(7, 7, 7) };
    const unknown = { width: 3, height: 1, values: Float32Array.of(Number.NaN, 0, 1) };
    assert.deepEqual(
      [...paintBands([ramp, flat, unknown])],
      [0, 0, 0, 255, 128, 0, 0, 255, 255, 0, 255, 255],
    );
  });
});

describe("A mask", () => {
  it("is taken of nested lists and of a file, of one scene and of a batch", () => {
    assert.deepEqual(
      [
        ...(maskOfLists(
          [
            [0, 0.5],
            [1, null],
          ],
          0,
        )?.values ?? []),
      ],
      [0, 0.5, 1, Number.NaN],
    );
    assert.deepEqual([...(maskOfLists([[[0, 1]], [[1, 0]]], 1)?.values ?? [])], [1, 0]);
    assert.deepEqual([...(maskOfArray(counted(1, 2), 0)?.values ?? [])], [0, 1]);
    assert.deepEqual([...(maskOfArray(counted(2, 1, 2), 1)?.values ?? [])], [100, 101]);
    for (const odd of [undefined, 3, [], [1], {}]) assert.equal(maskOfLists(odd, 0), undefined);
  });

  it("is the more opaque the more probable, and clear where nothing is known", () => {
    const plane = { width: 3, height: 1, values: Float32Array.of(0, 1, Number.NaN) };
    assert.deepEqual([...paintMask(plane, [1, 2, 3])], [1, 2, 3, 0, 1, 2, 3, 255, 1, 2, 3, 0]);
    assert.equal(shareAbove(plane, 0.5), 0.5);
    assert.equal(shareAbove({ ...plane, values: Float32Array.of(Number.NaN) }, 0.5), 0);
  });
});
