import assert from "node:assert/strict";
import { zeroNpy } from "../../../../functions/shared/npy/zeroNpy";
import { expectedArray, fixture } from "./fixture";

describe("zeroNpy", () => {
  const filled = (numbers: ArrayLike<number>, shape: readonly number[]) => {
    const { file, values } = zeroNpy(shape);
    values.set(numbers);
    return file;
  };

  it("makes a file that holds byte for byte what NumPy writes when its array is filled", () => {
    const { shape, values } = expectedArray("f4");
    assert.deepEqual(filled(values, shape), fixture("files/f4-little-C-v1.npy"));
    assert.deepEqual(filled([0, 1, 2], [3]), fixture("files/vector.npy"));
    assert.deepEqual(filled([2.5], []), fixture("files/scalar.npy"));
    assert.deepEqual(filled([], [0, 3]), fixture("files/empty.npy"));
    assert.deepEqual(filled([1], new Array(20).fill(1)), fixture("files/axes.npy"));
  });

  it("gives an array of zeros", () => {
    assert.deepEqual([...zeroNpy([2, 3]).values], [0, 0, 0, 0, 0, 0]);
  });
});
