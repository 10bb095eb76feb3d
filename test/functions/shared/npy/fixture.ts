import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

const FOLDER = join(__dirname, "../../../fixtures/npy");

/** A file that real NumPy wrote: `files/<name>` or `rejected/<name>`. */
export function fixture(path: string): Buffer {
  return readFileSync(join(FOLDER, path));
}

/** Names of the fixtures in a folder. */
export function fixtureNames(folder: "files" | "refused"): string[] {
  return readdirSync(join(FOLDER, folder)).sort();
}

const expected = JSON.parse(readFileSync(join(FOLDER, "expected.json"), "utf8")) as {
  shape: number[];
  values: Record<string, (number | string)[]>;
};

/** The array that the files named `<dtype>-…` hold. */
export function expectedArray(dtype: string): { shape: number[]; values: Float32Array } {
  return { shape: expected.shape, values: Float32Array.from(expected.values[dtype] ?? [], Number) };
}
