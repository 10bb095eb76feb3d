import assert from "node:assert/strict";
import fc from "fast-check";
import { shortestFloat32 } from "../../../functions/shared/shortestFloat32";

const digitsOf = (text: string) =>
  text.replace(/e.*$/, "").replace(/\D/g, "").replace(/^0+/, "").replace(/0+$/, "").length;

describe("shortestFloat32", () => {
  it("A float32 is written in the digits that NumPy writes", () => {
    const pairs: readonly (readonly [number, string])[] = [
      [0.1, "0.1"],
      [1 / 3, "0.33333334"],
      [16777216, "16777216"],
      [1e-45, "1e-45"],
      [3.4028235e38, "3.4028235e+38"],
      [-0, "-0.0"],
      [0, "0"],
      [-5, "-5"],
      [123456790528, "123456790000"],
      [9.5, "9.5"],
    ];
    for (const [value, text] of pairs) assert.equal(shortestFloat32(Math.fround(value)), text);
  });

  it("reads back the same, and no fewer digits would", () => {
    const finite = fc.float({ noNaN: true, noDefaultInfinity: true });
    fc.assert(
      fc.property(finite, (value) => {
        const text = shortestFloat32(value);
        assert.ok(Object.is(Math.fround(Number(text)), value), `${value} is written as ${text}`);
        const digits = digitsOf(text);
        if (digits > 1) {
          const shorter = Number(value.toPrecision(digits - 1));
          assert.notEqual(Math.fround(shorter), value, `${text} could be ${shorter}`);
        }
      }),
      { numRuns: 5_000 },
    );
  });
});
