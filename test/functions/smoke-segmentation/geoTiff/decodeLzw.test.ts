import assert from "node:assert/strict";
import { decodeLzw } from "../../../../functions/smoke-segmentation/geoTiff/decodeLzw";

/** Codes of nine bits, as bytes. */
function codes(...values: number[]): Uint8Array {
  const bits = values.map((value) => value.toString(2).padStart(9, "0")).join("");
  return Uint8Array.from(bits.match(/.{1,8}/g) ?? [], (byte) => Number.parseInt(byte.padEnd(8, "0"), 2));
}

describe("decodeLzw", () => {
  it("A code may stand for the string that it is about to define", () => {
    assert.deepEqual([...decodeLzw(codes(256, 7, 258, 259, 257), 100)], [7, 7, 7, 7, 7, 7]);
  });

  it("It stops where the block ends, whatever else the codes stand for", () => {
    const bomb = codes(256, 0, ...Array.from({ length: 200 }, (_, i) => 258 + i));
    assert.equal(decodeLzw(bomb, 1_000).length, 1_000);
    assert.equal(decodeLzw(bomb, 100_000).length, (201 * 202) / 2);
  });

  it("A code that nothing has defined is rejected", () => {
    assert.throws(() => decodeLzw(codes(256, 258), 10), /no such LZW code: 258/);
    assert.throws(() => decodeLzw(codes(256, 1, 300), 10), /no such LZW code: 300/);
  });
});
