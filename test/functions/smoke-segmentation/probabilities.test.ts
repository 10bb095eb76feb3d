import assert from "node:assert/strict";
import fc from "fast-check";
import { Probabilities } from "../../../functions/smoke-segmentation/probabilities";

const shapes = fc.oneof(
  fc.tuple(fc.integer({ min: 1, max: 6 }), fc.integer({ min: 1, max: 6 })),
  fc.tuple(fc.integer({ min: 1, max: 4 }), fc.integer({ min: 1, max: 4 }), fc.integer({ min: 1, max: 4 })),
);
const filled = shapes.chain((shape) => {
  const length = shape.reduce((a: number, b: number) => a * b, 1);
  return fc
    .float32Array({ minLength: length, maxLength: length, min: 0, max: 1, noNaN: true })
    .map((values) => {
      const probabilities = new Probabilities(shape);
      probabilities.set(values, 0);
      return { shape, values, probabilities };
    });
});

function nested(values: number[], [length, ...rest]: number[]): unknown {
  if (length === undefined) return values[0];
  const size = values.length / length;
  return Array.from({ length }, (_, i) => nested(values.slice(i * size, (i + 1) * size), rest));
}

describe("Probabilities", () => {
  it("are nested lists of numbers with at most four decimals", () => {
    const probabilities = new Probabilities([2, 2]);
    probabilities.set(Float32Array.of(0.12345, 1, 0, 0.00004), 0);
    assert.equal(probabilities.toJson(), '{"predictions":[[0.1235,1],[0,0]]}');
  });

  it("take in a batch scene by scene", () => {
    const probabilities = new Probabilities([2, 1, 2]);
    probabilities.set(Float32Array.of(0.75, 1), 2);
    probabilities.set(Float32Array.of(0.25, 0.5), 0);
    assert.equal(probabilities.toJson(), '{"predictions":[[[0.25,0.5]],[[0.75,1]]]}');
  });

  it("are in JSON what they are rounded", () => {
    fc.assert(
      fc.property(filled, ({ shape, values, probabilities }) => {
        const rounded = Array.from(values, (value) => Math.round(value * 10_000) / 10_000);
        assert.deepEqual(JSON.parse(probabilities.toJson()), { predictions: nested(rounded, shape) });
      }),
    );
  });

  it("know the length of their JSON without making it", () => {
    fc.assert(
      fc.property(filled, ({ probabilities }) => {
        assert.equal(probabilities.jsonBytes, Buffer.byteLength(probabilities.toJson()));
      }),
    );
  });

  it("are the same numbers as an array", () => {
    fc.assert(
      fc.property(filled, ({ shape, values, probabilities }) => {
        const array = new Float32Array(values.length);
        probabilities.writeTo(array);
        const rounded = values.map((value) => Math.round(value * 10_000) / 10_000);
        assert.deepEqual([probabilities.shape, array], [shape, rounded]);
      }),
    );
  });
});
