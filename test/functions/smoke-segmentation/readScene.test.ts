import assert from "node:assert/strict";
import { npyToFloat32 } from "../../../functions/shared/npy/npyToFloat32";
import { readNpy } from "../../../functions/shared/npy/readNpy";
import { copyPixels } from "../../../functions/smoke-segmentation/pixels";
import { Probabilities } from "../../../functions/smoke-segmentation/probabilities";
import { readScene } from "../../../functions/smoke-segmentation/readScene";
import { npyFile } from "../../helpers/models/npyFile";

const PIXELS = 4;
const BANDS = 6;

/** A scene of two by two pixels, whose values are given by their index. */
async function sceneOf(descr: string, values: Float32Array | Int16Array | Float64Array | Uint8Array) {
  const file = npyFile(descr, [2, 2, BANDS], new Uint8Array(values.buffer));
  return readNpy(
    (async function* () {
      yield file;
    })(),
    file.length,
  );
}

describe("readScene", () => {
  it("masks a pixel in which a band has no data, and keeps its value from the model", async () => {
    const values = new Float32Array(PIXELS * BANDS).fill(0.5);
    values[7] = -9999;
    const { values: read, mask } = readScene(await sceneOf("<f4", values), undefined, -9999);
    assert.deepEqual(mask, Uint8Array.of(0, 1, 0, 0));
    assert.deepEqual([...read.subarray(6, 12)], [0, 0, 0, 0, 0, 0]);
    assert.deepEqual([...read.subarray(12, 18)], Array(BANDS).fill(0.5));
  });

  it("compares integers before they are scaled, and float64 as float32", async () => {
    const integers = new Int16Array(PIXELS * BANDS).fill(5_000);
    integers[23] = -9999;
    const { values, reflectance, mask } = readScene(await sceneOf("<i2", integers), undefined, -9999);
    assert.deepEqual(mask, Uint8Array.of(0, 0, 0, 1));
    const read = new Float32Array(2 * BANDS);
    copyPixels({ values, reflectance }, 2 * BANDS, 2 * BANDS, read, 0);
    assert.deepEqual([...read], [...Array(BANDS).fill(0.5), ...Array(BANDS).fill(0)]);
    const doubles = new Float64Array(PIXELS * BANDS).fill(0.5);
    doubles[0] = -3.4e38;
    assert.deepEqual(
      readScene(await sceneOf("<f8", doubles), undefined, -3.4e38).mask,
      Uint8Array.of(1, 0, 0, 0),
    );
  });

  it("masks nothing, and rejects the value, where it is not named", async () => {
    const values = new Float32Array(PIXELS * BANDS).fill(0.5);
    assert.equal(readScene(await sceneOf("<f4", values)).mask, undefined);
    values[7] = -9999;
    const scene = await sceneOf("<f4", values);
    assert.throws(() => readScene(scene), { status: 400, message: /^The array has -9999 at \(0, 1, 1\), / });
  });
});

describe("copyPixels", () => {
  for (const descr of ["|u1", "<u2", ">u2", "<i2", ">i2"]) {
    it(`gives the reflectance of ${descr} as converting each value does`, async () => {
      const bytes = Uint8Array.from({ length: PIXELS * BANDS * Number(descr[2]) }, (_, i) => (i * 151) % 256);
      const scene = await sceneOf(descr, bytes);
      const read = new Float32Array(PIXELS * BANDS);
      copyPixels(readScene(scene), 0, read.length, read, 0);
      const scale = descr === "|u1" ? 255 : 10_000;
      assert.deepEqual(
        read,
        npyToFloat32(scene).map((value) => value / scale),
      );
    });
  }
});

describe("Probabilities of masked pixels", () => {
  it("are null in JSON, whose length is known, and NaN in files", () => {
    const probabilities = new Probabilities([2, 2]);
    probabilities.set(Float32Array.of(0.5, 0.25, 1, 0), 0, Uint8Array.of(0, 1, 0, 1));
    assert.equal(probabilities.toJson(), '{"predictions":[[0.5,null],[1,null]]}');
    assert.equal(probabilities.jsonBytes, probabilities.toJson().length);
    const array = new Float32Array(4);
    probabilities.writeTo(array);
    assert.deepEqual([...array], [0.5, Number.NaN, 1, Number.NaN]);
  });
});
