import assert from "node:assert/strict";
import { Readable } from "node:stream";
import fc from "fast-check";
import { HttpError } from "../../../../functions/shared/errors";
import { npyToFloat32 } from "../../../../functions/shared/npy/npyToFloat32";
import { readNpy } from "../../../../functions/shared/npy/readNpy";
import type { NpyHeader } from "../../../../functions/shared/npy/readNpyHeader";
import { zeroNpy } from "../../../../functions/shared/npy/zeroNpy";
import { expectedArray, fixture, fixtureNames } from "./fixture";

const named = fixtureNames("files").filter((name) => name.includes("-"));

describe("readNpy", () => {
  it("has a file of every dtype, byte order, axis order and version to read", () => {
    const orders = (ends: string[]) => ends.flatMap((end) => [`${end}-C`, `${end}-F`]);
    const kinds = ["i2", "u2", "i4", "f2", "f4", "f8"].flatMap((dtype) =>
      orders(["little", "big"]).map((order) => `${dtype}-${order}`),
    );
    const names = [...kinds, ...orders(["none"]).map((order) => `u1-${order}`)].flatMap((kind) =>
      [1, 2, 3].map((version) => `${kind}-v${version}.npy`),
    );
    assert.deepEqual(named, names.sort());
  });

  for (const dtype of ["u1", "i2", "u2", "i4", "f2", "f4", "f8"]) {
    it(`reads what NumPy wrote as ${dtype}, in either order of bytes and axes and every version`, async () => {
      for (const name of named.filter((name) => name.startsWith(dtype))) {
        const array = await readBytes(fixture(`files/${name}`));
        assert.deepEqual(
          { name, shape: array.shape, values: npyToFloat32(array) },
          { name, ...expectedArray(dtype) },
        );
      }
    });
  }

  it("reads one item along the first axis of any file", async () => {
    for (const name of named) {
      const { values } = expectedArray(name.slice(0, 2));
      const array = await readBytes(fixture(`files/${name}`));
      assert.deepEqual(
        [npyToFloat32(array, 0), npyToFloat32(array, 1)],
        [values.slice(0, 12), values.slice(12)],
      );
    }
  });

  it("reads scalars, vectors and empty arrays", async () => {
    const read = async (name: string) => {
      const array = await readBytes(fixture(`files/${name}.npy`));
      return [array.shape, [...npyToFloat32(array)]];
    };
    assert.deepEqual(await read("scalar"), [[], [2.5]]);
    assert.deepEqual(await read("vector"), [[3], [0, 1, 2]]);
    assert.deepEqual(await read("empty"), [[0, 3], []]);
  });

  it("reads an empty array of however many rows at once", async () => {
    const array = await readBytes(
      versioned(`{'descr': '<i2', 'fortran_order': False, 'shape': (${2 ** 50}, 0), }`),
    );
    assert.deepEqual([array.shape, npyToFloat32(array)], [[2 ** 50, 0], new Float32Array(0)]);
  });

  it("reads a file in chunks of any size", async () => {
    const names = fc.constantFrom(...named);
    await fc.assert(
      fc.asyncProperty(
        names,
        fc.array(fc.integer({ min: 1, max: 400 }), { minLength: 1 }),
        async (name, sizes) => {
          const array = await readNpy(
            inChunks(fixture(`files/${name}`), sizes),
            fixture(`files/${name}`).length,
          );
          assert.deepEqual(npyToFloat32(array), expectedArray(name.slice(0, 2)).values);
        },
      ),
    );
  });

  it("reads back a file of zeroNpy, filled in, in any shape", async () => {
    const shapes = fc.array(fc.nat({ max: 5 }), { maxLength: 5 });
    await fc.assert(
      fc.asyncProperty(shapes, fc.infiniteStream(fc.float()), async (shape, numbers) => {
        const elements = shape.reduce((product, axis) => product * axis, 1);
        const values = Float32Array.from(numbers.take(elements));
        const written = zeroNpy(shape);
        written.values.set(values);
        const array = await readBytes(written.file);
        assert.deepEqual({ shape: array.shape, values: npyToFloat32(array) }, { shape, values });
      }),
    );
  });

  it("reads any values of any dtype, byte order and axis order", async () => {
    await fc.assert(
      fc.asyncProperty(syntheticFile, async ({ file, shape, values }) => {
        const array = await readBytes(file);
        assert.deepEqual({ shape: array.shape, values: npyToFloat32(array) }, { shape, values });
      }),
    );
  });

  it("keeps a body in no more memory than the file has", async () => {
    const file = fixture("files/u1-none-C-v1.npy");
    const array = await readBytes(file);
    assert.deepEqual([array.body.buffer.byteLength, array.bodyOffset], [24, file.length - 24]);
  });

  it("rejects by the header before the body, and closes the source", async () => {
    const endless = (start: Buffer) =>
      Readable.from(
        (async function* () {
          yield start;
          for (;;) yield Buffer.alloc(4096);
        })(),
      );
    const scene = endless(Buffer.from("\x93NUMPY\x01\x00\x76\x00{'descr': '<f4'", "latin1"));
    await assert.rejects(readNpy(scene, 2 ** 40), /malformed/);
    assert.ok(scene.destroyed);

    const file = fixture("files/f4-little-C-v1.npy");
    const rejected = new Error("(2, 3, 4) is not a scene");
    const accept = (header: NpyHeader) => {
      assert.deepEqual(header.shape, [2, 3, 4]);
      throw rejected;
    };
    await assert.rejects(readNpy(inChunks(file, [64]), file.length, accept), rejected);
  });

  it("rejects a stream that is shorter or longer than its store said", async () => {
    const file = fixture("files/f4-little-C-v1.npy");
    const read = (bytes: Buffer) => readNpy(inChunks(bytes, [100]), file.length);
    await assert.rejects(
      read(file.subarray(0, 200)),
      rejection("The .npy file ends after 200 of its 224 bytes"),
    );
    await assert.rejects(read(file.subarray(0, 0)), rejection("The .npy file ends after 0 of its 224 bytes"));
    await assert.rejects(
      read(Buffer.concat([file, Buffer.alloc(1)])),
      rejection("The .npy file goes on after the 224 bytes it was said to have"),
    );
  });

  it("answers any bytes with an array or a rejection, and never takes more memory than they have", async () => {
    const headers = fc.tuple(fc.constantFrom(...named), fc.array(mutation, { maxLength: 6 })).map(mutate);
    const dictionaries = fc.string({
      unit: fc.constantFrom(..."{}(),: '\"<>|uif1248OTrueFalsdcpoh_n9LNone\n"),
    });
    const wrapped = dictionaries.map((text) => versioned(`{'descr': '<f4', ${text}`));
    await fc.assert(
      fc.asyncProperty(fc.oneof(headers, wrapped, fc.uint8Array().map(Buffer.from)), async (file) => {
        const outcome = await readBytes(file).catch((error: unknown) => error);
        if (outcome instanceof HttpError) {
          assert.equal(outcome.status, 400);
          return;
        }
        assert.ok(!(outcome instanceof Error), outcome as Error);
        const { body } = outcome as Awaited<ReturnType<typeof readNpy>>;
        assert.ok(body.buffer.byteLength <= file.length);
      }),
      { numRuns: 2000 },
    );
  });
});

function readBytes(file: Buffer) {
  return readNpy(inChunks(file, [64]), file.length);
}

/** The bytes in chunks of these sizes, over and over. */
async function* inChunks(bytes: Buffer, sizes: readonly number[]): AsyncGenerator<Buffer> {
  let at = 0;
  for (let i = 0; at < bytes.length; i++) {
    const size = sizes[i % sizes.length] ?? 1;
    yield bytes.subarray(at, at + size);
    at += size;
  }
}

function rejection(message: string) {
  return { name: "BadRequest", status: 400, message };
}

const mutation = fc.record({ at: fc.nat({ max: 127 }), byte: fc.nat({ max: 255 }) });

function mutate([name, mutations]: [string, { at: number; byte: number }[]]): Buffer {
  const file = fixture(`files/${name}`);
  for (const { at, byte } of mutations) file[at] = byte;
  return file;
}

function versioned(dictionary: string): Buffer {
  const length = Buffer.alloc(2);
  length.writeUInt16LE(Buffer.byteLength(dictionary));
  return Buffer.concat([Buffer.from("\x93NUMPY\x01\x00", "latin1"), length, Buffer.from(dictionary)]);
}

const WRITERS = {
  u1: { size: 1, values: fc.integer({ min: 0, max: 255 }), write: "setUint8" },
  i2: { size: 2, values: fc.integer({ min: -0x8000, max: 0x7fff }), write: "setInt16" },
  u2: { size: 2, values: fc.integer({ min: 0, max: 0xffff }), write: "setUint16" },
  i4: { size: 4, values: fc.integer({ min: -0x80000000, max: 0x7fffffff }), write: "setInt32" },
  f4: { size: 4, values: fc.float(), write: "setFloat32" },
  f8: { size: 8, values: fc.double(), write: "setFloat64" },
} as const;

/** A file put together here, element by element from its index, beside the values it must give. */
const syntheticFile = fc
  .record({
    dtype: fc.constantFrom("u1", "i2", "u2", "i4", "f4", "f8"),
    little: fc.boolean(),
    fortran: fc.boolean(),
    shape: fc.array(fc.integer({ min: 0, max: 4 }), { maxLength: 5 }),
  })
  .chain(({ dtype, little, fortran, shape }) => {
    const { size, values, write } = WRITERS[dtype];
    const elements = shape.reduce((product, axis) => product * axis, 1);
    return fc.array<number>(values, { minLength: elements, maxLength: elements }).map((numbers) => {
      const body = new DataView(new ArrayBuffer(elements * size));
      for (const [index, number] of numbers.entries()) {
        body[write](positionOf(index, shape, fortran) * size, number, little);
      }
      const order = dtype === "u1" ? "|" : little ? "<" : ">";
      const axes = shape.map((axis) => `${axis},`).join(" ");
      const descr = `{'descr': '${order}${dtype}', 'fortran_order': ${fortran ? "True" : "False"}, 'shape': (${axes})}`;
      return {
        file: Buffer.concat([versioned(descr), Buffer.from(body.buffer)]),
        shape,
        values: Float32Array.from(numbers),
      };
    });
  });

/** Finds the place in the file of the element with this index in C order. */
function positionOf(index: number, shape: readonly number[], fortran: boolean): number {
  if (!fortran) return index;
  const coordinates: number[] = [];
  let rest = index;
  for (const axis of [...shape].reverse()) {
    coordinates.unshift(rest % axis);
    rest = Math.floor(rest / axis);
  }
  return coordinates.reduceRight(
    (position, coordinate, axis) => position * (shape[axis] ?? 1) + coordinate,
    0,
  );
}
