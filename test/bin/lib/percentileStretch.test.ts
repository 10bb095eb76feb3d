import assert from "node:assert/strict";
import { percentileStretch } from "../../../bin/lib/percentileStretch";

describe("percentileStretch", () => {
  it("brings the 2nd percentile to 0 and the 98th to 255, and clamps what lies beyond", () => {
    const values = Float32Array.from({ length: 101 }, (_, i) => i);
    assert.deepEqual([0, 2, 50, 98, 100].map(percentileStretch(values, 0, 1)), [0, 0, 127.5, 255, 255]);
  });

  it("looks at one of the interleaved bands", () => {
    const values = Float32Array.from({ length: 202 }, (_, i) => (i % 2 === 0 ? 1e6 : (i - 1) / 2));
    assert.deepEqual([2, 98].map(percentileStretch(values, 1, 2)), [0, 255]);
  });

  it("gives the same for a large scene, whose values it samples", () => {
    const values = Float32Array.from({ length: 1_010_000 }, (_, i) => Math.floor(i / 10_000));
    assert.deepEqual([2, 98].map(percentileStretch(values, 0, 1)), [0, 255]);
  });

  it("does not count what is not finite, and shows it black", () => {
    const values = Float32Array.of(Number.NaN, Number.POSITIVE_INFINITY, 1, 3, Number.NEGATIVE_INFINITY);
    assert.deepEqual(
      [1, 2, 3, Number.NaN, Number.POSITIVE_INFINITY].map(percentileStretch(values, 0, 1)),
      [0, 127.5, 255, 0, 0],
    );
  });

  it("shows a band of one value, or none, black", () => {
    assert.deepEqual([7].map(percentileStretch(Float32Array.of(7, 7), 0, 1)), [0]);
    assert.deepEqual([Number.NaN].map(percentileStretch(Float32Array.of(Number.NaN), 0, 1)), [0]);
  });
});
