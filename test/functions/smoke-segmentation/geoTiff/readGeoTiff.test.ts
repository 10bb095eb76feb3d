import assert from "node:assert/strict";
import fs from "node:fs";
import path from "node:path";
import { npyToFloat32 } from "../../../../functions/shared/npy/npyToFloat32";
import { readGeoTiff } from "../../../../functions/smoke-segmentation/geoTiff/readGeoTiff";
import { writeGeoTiff } from "../../../../functions/smoke-segmentation/geoTiff/writeGeoTiff";
import { readScene } from "../../../../functions/smoke-segmentation/readScene";
import { readArray } from "../../../helpers/models/readArray";

const FIXTURES = path.resolve(__dirname, "../../../fixtures/geotiff");
const fixture = (name: string) => fs.readFileSync(path.join(FIXTURES, `${name}.tif`));
const read = (file: Buffer) => readGeoTiff(file, () => {});

const [HEIGHT, WIDTH, BANDS] = [50, 37, 6];
const scene = [...readArray(fs.readFileSync(path.join(FIXTURES, "scene.npy"))).values];

/** A copy of a fixture with a field's value, or its count, replaced. */
function changed(name: string | Buffer, tag: number, value: number, at: "value" | "count" = "value"): Buffer {
  const file = typeof name === "string" ? fixture(name) : name;
  const start = file.readUInt32LE(4);
  for (let i = 0; i < file.readUInt16LE(start); i++) {
    const field = start + 2 + 12 * i;
    if (file.readUInt16LE(field) !== tag) continue;
    if (at === "count") file.writeUInt32LE(value, field + 4);
    else if (file.readUInt16LE(field + 2) === 3) file.writeUInt16LE(value, field + 8);
    else file.writeUInt32LE(value, field + 8);
    return file;
  }
  throw new Error(`${name} has no field ${tag}`);
}

describe("readGeoTiff", () => {
  const files = fs.readdirSync(FIXTURES).filter((name) => /^(strips|tiles|big|tifffile)-.*\.tif$/.test(name));
  for (const file of files) {
    it(`${file} holds the numbers that were written`, async () => {
      const array = await read(fs.readFileSync(path.join(FIXTURES, file)));
      assert.deepEqual(array.shape, [HEIGHT, WIDTH, BANDS]);
      assert.deepEqual([...npyToFloat32(array)], scene);
    });
  }

  it("The fixtures have strips and tiles, both orders of bands and of bytes, and every compression", () => {
    assert.equal(files.length, 11);
  });

  it("A nodata tag masks pixels, those of blocks that are left out among them", async () => {
    const file = await read(fixture("nodata-sparse-u2"));
    assert.equal(file.nodata, 0);
    const { mask } = readScene(file, undefined, file.nodata);
    assert.equal(mask?.[3 * WIDTH + 4], 1);
    assert.ok(mask?.subarray(40 * WIDTH).every((masked) => masked === 1));
    const zeros = new Set(scene.flatMap((value, i) => (value === 0 ? [Math.floor(i / BANDS)] : [])));
    const expected = Array.from({ length: HEIGHT * WIDTH }, (_, pixel) =>
      pixel >= 40 * WIDTH || pixel === 3 * WIDTH + 4 || zeros.has(pixel) ? 1 : 0,
    );
    assert.deepEqual([...(mask ?? [])], expected);
  });

  it("A nodata tag of NaN masks pixels with a NaN", async () => {
    const file = await read(fixture("nodata-nan-f4"));
    const { mask } = readScene(file, undefined, file.nodata);
    assert.deepEqual(mask?.indexOf(1), 3 * WIDTH + 4);
    assert.equal(mask?.lastIndexOf(1), 3 * WIDTH + 4);
  });

  it("Scale and offset make reflectance, band by band", async () => {
    const file = await read(fixture("scaled-u2"));
    const { values } = readScene(file, undefined, file.nodata);
    for (const [i, value] of scene.entries()) {
      const expected = (value * 40 + 1000) * 0.0001 - (i % BANDS === 5 ? 0 : 0.1);
      assert.ok(Math.abs((values[i] as number) - expected) < 1e-6, `${i}`);
    }
  });

  it("A result keeps the georeference, also of a big-endian file", async () => {
    for (const name of ["strips-u1", "big-endian-u2"]) {
      const { georeference } = await read(fixture(name));
      assert.deepEqual([...(georeference?.keys() ?? [])], [33550, 33922, 34735, 34737]);
      const values = Float32Array.from({ length: 6 }, (_, i) => (i === 4 ? Number.NaN : i / 8));
      const written = await read(writeGeoTiff(values, [2, 3], georeference ?? new Map()));
      assert.deepEqual(written.georeference, georeference);
      assert.deepEqual([written.shape, written.nodata], [[2, 3, 1], Number.NaN]);
      assert.deepEqual(npyToFloat32(written), values);
    }
  });

  const rejected: [string, () => Buffer, number, RegExp][] = [
    ["another compression", () => fixture("refused-zstd"), 400, /compressed by ZSTD; .*COMPRESS=DEFLATE/],
    [
      "samples of 32 bits without a sign",
      () => fixture("refused-u4"),
      400,
      /format 1 with 32 bits; accepted are/,
    ],
    [
      "a predictor of a big-endian file",
      () => fixture("refused-big-endian-predictor"),
      400,
      /big-endian and has a predictor.*ENDIANNESS=LITTLE/,
    ],
    [
      "a field that claims 4 GB",
      () => changed("strips-u1", 33550, 0x1fffffff, "count"),
      400,
      /do not lie within/,
    ],
    ["fields beyond the file", () => fixture("strips-u1").subarray(0, 60), 400, /do not lie within/],
    ["pixels beyond the file", () => fixture("strips-lzw-u2").subarray(0, 4_000), 400, /outside the file/],
    ["more rows than there are blocks", () => changed("tiles-deflate-f4", 257, 2_000), 400, /names 6 blocks/],
    ["tiles of one pixel", () => changed("tiles-deflate-f4", 322, 1), 400, /no multiples of 16/],
    [
      "tiles that take gigabytes",
      () => changed(changed("tiles-deflate-f4", 322, 65_520), 323, 65_520),
      413,
      /take 103028889600 bytes; .*smaller tiles/,
    ],
    ["LZW that is none", () => changed("strips-deflate-predictor-i2", 259, 5), 400, /cannot be decoded/],
    ["DEFLATE that is none", () => changed("strips-lzw-u2", 259, 8), 400, /cannot be decoded/],
    ["pixels that end too early", () => changed("strips-lzw-u2", 256, 64), 400, /cannot be decoded/],
  ];
  for (const [what, file, status, message] of rejected) {
    it(`Rejects ${what}`, async () => {
      await assert.rejects(read(file()), { status, message });
    });
  }

  it("Rejects a shape before it looks at the pixels", async () => {
    const accept = ({ shape }: { shape: readonly number[] }) => {
      throw new Error(shape.join());
    };
    await assert.rejects(readGeoTiff(fixture("refused-zstd"), accept), /^Error: 50,37,6$/);
  });

  it("No cut or flipped byte of a file does more than be rejected", async () => {
    for (const name of ["tiles-band-lzw-u2", "strips-deflate-predictor-i2", "big-tiff-f8"]) {
      for (let i = 0; i < 100; i++) {
        const file = fixture(name);
        const at = (i * 7919) % file.length;
        file[at] = (file[at] as number) ^ (1 << (i % 8));
        await read(i % 3 === 0 ? file.subarray(0, at) : file).catch((error: { status?: number }) => {
          assert.ok(error.status === 400 || error.status === 413, `${name} ${at}: ${error}`);
        });
      }
    }
  });
});
