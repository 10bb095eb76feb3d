import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { readNpy } from "../../../../local/page/client/try/npy";

const FIXTURES = path.resolve(__dirname, "../../../fixtures/npy");
const { shape, values } = JSON.parse(readFileSync(path.join(FIXTURES, "expected.json"), "utf8")) as {
  shape: [number, number, number];
  values: Record<string, (number | string)[]>;
};

/** A file as a browser has it. */
function bytesOf(file: string): ArrayBuffer {
  return new Uint8Array(readFileSync(path.join(FIXTURES, file))).buffer;
}

describe("A .npy file in the browser", () => {
  for (const file of readdirSync(path.join(FIXTURES, "files")).filter((name) => /^\w\d-/.test(name))) {
    it(`is read as NumPy wrote it: ${file}`, () => {
      const array = readNpy(bytesOf(`files/${file}`));
      assert.deepEqual(array.shape, shape);
      const expected = values[file.slice(0, 2)] ?? [];
      const [, rows, columns] = shape;
      expected.forEach((value, i) => {
        const read = array.value(
          Math.floor(i / (rows * columns)),
          Math.floor(i / columns) % rows,
          i % columns,
        );
        // The fixtures have what float32 makes of it.
        assert.ok(Object.is(Math.fround(read), Number(value)), `${i}: ${read}, not ${value}`);
      });
    });
  }

  for (const file of readdirSync(path.join(FIXTURES, "refused")).filter((name) => name.endsWith(".npy"))) {
    it(`is an error, or an array that ends where it says, and never hangs: ${file}`, () => {
      try {
        const array = readNpy(bytesOf(`refused/${file}`));
        array.value(...array.shape.map((size) => Math.max(0, size - 1)));
      } catch (error) {
        assert.ok(
          error instanceof Error && /^(It is not|Arrays of|The file is)/.test(error.message),
          String(error),
        );
      }
    });
  }

  it("is rejected where it is something else, or shorter than it says", () => {
    assert.throws(() => readNpy(new ArrayBuffer(4)), { message: "It is not a .npy file." });
    assert.throws(() => readNpy(new ArrayBuffer(40)), { message: "It is not a .npy file." });
    const cut = bytesOf("files/f8-little-C-v1.npy").slice(0, -1);
    assert.throws(() => readNpy(cut), { message: "The file is shorter than its header says." });
  });
});
