import assert from "node:assert/strict";
import { Tensor } from "onnxruntime-node";
import { number, object } from "valibot";
import { listOf, wholeNumber } from "../../../functions/shared/rowSchema";
import { rowTensor, rowValue } from "../../../functions/shared/rowTensor";
import { validate } from "../../../functions/shared/validate";

describe("rowTensor", () => {
  it("puts axes of one in front of what the value has no lists for", () => {
    assert.deepEqual(rowTensor("FP32", [1, 1], 5).dims, [1, 1]);
    assert.deepEqual(rowTensor("FP32", [1, 3], [1, 2, 3]).dims, [1, 3]);
    assert.deepEqual(
      rowTensor(
        "INT64",
        [1, -1, 2],
        [
          [1, 2],
          [3, 4],
          [5, 6],
        ],
      ).dims,
      [1, 3, 2],
    );
    assert.deepEqual(rowTensor("BYTES", [], "a").dims, []);
  });

  it("keeps the values, row-major", () => {
    const { type, data } = rowTensor(
      "INT64",
      [1, 2, 2],
      [
        [1, 2],
        [3, -4],
      ],
    );
    assert.deepEqual([type, data], ["int64", BigInt64Array.of(1n, 2n, 3n, -4n)]);
    assert.deepEqual(rowTensor("BOOL", [1, 2], [true, false]).data, Uint8Array.of(1, 0));
  });

  it("rejects lists of different lengths beside each other", () => {
    for (const value of [
      [[1, 2], [3]],
      [[1], [2, 3]],
    ]) {
      assert.throws(() => rowTensor("FP32", [1, 2, 2], value), { status: 400 });
    }
  });
});

describe("rowValue", () => {
  it("gives one value, or lists of so many axes, without axes of one in front", () => {
    const tensor = new Tensor("float32", Float32Array.of(0.1, 2, 3, 4), [1, 2, 2]);
    assert.deepEqual(rowValue(tensor, 2), [
      [0.1, 2],
      [3, 4],
    ]);
    assert.deepEqual(rowValue(new Tensor("string", ["a"], [1])), "a");
    assert.deepEqual(rowValue(new Tensor("float64", [1], [1, 1])), 1);
    assert.deepEqual(rowValue(new Tensor("float64", [1], [1, 1]), 1), [1]);
  });

  it("keeps an axis that is not of one, whatever was declared", () => {
    assert.deepEqual(rowValue(new Tensor("int32", Int32Array.of(1, 2, 3), [3])), [1, 2, 3]);
    assert.deepEqual(rowValue(new Tensor("int32", Int32Array.of(), [0])), []);
  });

  it("writes what JSON has no numbers for as null, and long whole numbers as text", () => {
    assert.deepEqual(rowValue(new Tensor("float32", [Number.NaN, Number.POSITIVE_INFINITY], [1, 2]), 1), [
      null,
      null,
    ]);
    assert.deepEqual(rowValue(new Tensor("int64", [5n, 2n ** 60n], [1, 2]), 1), [5, "1152921504606846976"]);
    assert.deepEqual(rowValue(new Tensor("bool", [true, false], [1, 2]), 1), [true, false]);
    assert.deepEqual(rowValue(new Tensor("float16", Uint16Array.of(0x3c00, 0x7e00), [1, 2]), 1), [1, null]);
  });
});

describe("rowSchema", () => {
  const schema = object({ x: listOf(wholeNumber("UINT8"), 2), free: listOf(number()) });
  const errorsOf = (value: unknown) => {
    try {
      return validate(schema, value);
    } catch (error) {
      return (error as { errors: unknown }).errors;
    }
  };

  it("names each value that is wrong, and a list of the wrong length", () => {
    assert.deepEqual(errorsOf({ x: [1, 256], free: [1] }), [
      { path: "x.1", message: "must be a whole number from 0 to 255" },
    ]);
    assert.deepEqual(errorsOf({ x: [1], free: 5 }), [
      { path: "x", message: "must have 2 values" },
      { path: "free", message: "must be a list" },
    ]);
  });

  it("bounds a list whose length is the caller's", () => {
    assert.deepEqual(errorsOf({ x: [1, 2], free: Array(10_001).fill(1) }), [
      { path: "free", message: "must have at most 10000 values" },
    ]);
  });

  it("names only the first problem of a request with very many, in little memory", () => {
    const before = process.memoryUsage().rss;
    const errors = errorsOf({ x: Array(1_000_000).fill("a"), free: Array(1_000_000).fill("b") });
    assert.equal((errors as unknown[]).length, 1);
    assert.ok(process.memoryUsage().rss - before < 100e6);
  });
});
