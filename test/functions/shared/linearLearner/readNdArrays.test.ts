import assert from "node:assert/strict";
import { readNdArrays } from "../../../../functions/shared/linearLearner/readNdArrays";
import { BrokenModel } from "../../../../functions/shared/modelStore/brokenModel";
import { type NdArrayLayout, writeNdArrays } from "./writeNdArrays";

const ARRAYS = {
  "arg:weight": { shape: [3, 2], data: [1, -2, 3.5, 0, 0.25, 6] },
  "aux:bias": { shape: [1, 2], data: [7, 8] },
};
const READ = new Map([
  ["weight", { shape: [3, 2], data: Float32Array.of(1, -2, 3.5, 0, 0.25, 6) }],
  ["bias", { shape: [1, 2], data: Float32Array.of(7, 8) }],
]);

describe("readNdArrays", () => {
  for (const layout of ["oldest", "V1", "V2", "V3"] satisfies NdArrayLayout[]) {
    it(`reads the layout ${layout}, by names without what they are for`, () => {
      assert.deepEqual(readNdArrays(writeNdArrays(ARRAYS, { layout })), READ);
    });

    it(`rejects a file in the layout ${layout} that ends early, wherever that is`, () => {
      const file = writeNdArrays(ARRAYS, { layout });
      for (let length = 0; length < file.length; length++) {
        assert.throws(() => readNdArrays(file.subarray(0, length)), BrokenModel, `${length} bytes`);
      }
    });
  }

  it("Arrays of MXNet in float64 are read as float32", () => {
    assert.deepEqual(readNdArrays(writeNdArrays(ARRAYS, { type: "float64" })), READ);
  });

  it("Arrays of MXNet in float16 are read as float32", () => {
    const file = writeNdArrays({ half: { shape: [1], data: [0] } });
    const start = file.indexOf("half") - 8 - 8 - 4;
    const half = Buffer.concat([
      file.subarray(0, start),
      Buffer.from([0x00, 0x3e]),
      file.subarray(start + 4),
    ]);
    half.writeUInt32LE(2, start - 4);
    assert.deepEqual(readNdArrays(half).get("half"), { shape: [1], data: Float32Array.of(1.5) });
  });

  it("rejects a file that claims more arrays than its bytes, or a linear model, could have", () => {
    const claiming = (count: number, bytes: number) => {
      const file = Buffer.alloc(24 + bytes);
      file.writeUInt32LE(0x112);
      file.writeUInt32LE(count, 16);
      return file;
    };
    assert.throws(() => readNdArrays(claiming(26, 100)), /ends at byte 124, where more should follow/);
    assert.throws(() => readNdArrays(claiming(3_900_000, 16_000_000)), {
      name: "BrokenModel",
      message: "The params file has 3900000 arrays; a linear model has at most 1000",
    });
  });

  it("readNdArrays says what it does not read", () => {
    const message = (file: Buffer) => {
      try {
        return readNdArrays(file);
      } catch (error) {
        return (error as Error).message;
      }
    };
    const changed = (offset: number, value: number) => {
      const file = writeNdArrays(ARRAYS);
      file.writeUInt32LE(value, offset);
      return file;
    };
    assert.equal(message(changed(0, 7)), "The params file is no list of MXNet's NDArrays");
    assert.equal(message(changed(0x1c, 1)), "The params file holds a sparse array; only dense ones are read");
    assert.equal(message(changed(0x20, 99)), "The params file holds an array of 99 axes");
    assert.equal(
      message(writeNdArrays(ARRAYS, { type: "int32" })),
      "The params file holds elements of type 4; only floats (0, 1, 2) are read",
    );
  });

  it("makes nothing of sizes that are far too large", () => {
    const file = writeNdArrays(ARRAYS);
    file.writeBigUInt64LE(2n ** 62n, 0x24);
    assert.throws(() => readNdArrays(file), BrokenModel);
    file.writeBigUInt64LE(2n ** 62n, 0x10);
    assert.throws(() => readNdArrays(file), BrokenModel);
  });
});
