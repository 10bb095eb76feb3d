import assert from "node:assert/strict";
import { writeNpy } from "../../../../functions/shared/npy/writeNpy";
import { expectedArray, fixture } from "./fixture";

describe("writeNpy", () => {
  it("writes byte for byte what NumPy writes", () => {
    const { shape, values } = expectedArray("f4");
    assert.deepEqual(writeNpy(values, shape), fixture("files/f4-little-C-v1.npy"));
    assert.deepEqual(writeNpy(Float32Array.of(0, 1, 2), [3]), fixture("files/vector.npy"));
    assert.deepEqual(writeNpy(Float32Array.of(2.5), []), fixture("files/scalar.npy"));
    assert.deepEqual(writeNpy(new Float32Array(0), [0, 3]), fixture("files/empty.npy"));
    assert.deepEqual(writeNpy(Float32Array.of(1), new Array(20).fill(1)), fixture("files/axes.npy"));
  });

  it("writes a part of a larger array", () => {
    const whole = Float32Array.of(9, 0, 1, 2, 9);
    assert.deepEqual(writeNpy(whole.subarray(1, 4), [3]), fixture("files/vector.npy"));
  });

  it("rejects a shape that does not fit the values", () => {
    assert.throws(() => writeNpy(new Float32Array(5), [2, 3]), {
      message: "`shape` (2, 3) takes 6 values, not 5",
    });
  });
});
