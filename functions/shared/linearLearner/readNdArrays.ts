import { float16Values } from "../float16Values";
import { BrokenModel } from "../modelStore/brokenModel";
import { ByteReader } from "./byteReader";

/** An array of MXNet, converted to float32, in C order. */
export interface NdArray {
  readonly shape: readonly number[];
  readonly data: Float32Array;
}

const LIST_MAGIC = 0x112;

/** First four bytes of an array by the version of its layout; the oldest layout has the number of axes there. */
const V1 = 0xf993fac8;
const V2 = 0xf993fac9;
const V3 = 0xf993faca;

const DENSE = 0;

/** MXNet allows more axes; weights never have them. */
const MAX_AXES = 8;

/** Linear Learner writes two arrays; a few kilobytes of zip can claim millions. */
const MAX_ARRAYS = 1_000;

/** Every array has at least a number of axes and the length of its name. */
const MIN_ARRAY_BYTES = 4;

/**
 * Reads MXNet's NDArray list file (`mx-mod-0000.params`), in every layout there has been. The format is described in
 * `test/fixtures/linear-learner/README.md`, from `NDArray::Load` in apache/mxnet's `src/ndarray/ndarray.cc`.
 *
 * @returns             Arrays by name, without the `arg:` or `aux:` in front.
 * @throws BrokenModel  Not such a file, truncated, sparse, or of integers.
 */
export function readNdArrays(file: Buffer): ReadonlyMap<string, NdArray> {
  const reader = new ByteReader(file, "the params file");
  if (reader.uint64() !== LIST_MAGIC) throw new BrokenModel("The params file is no list of MXNet's NDArrays");
  reader.uint64(); // reserved
  const arrays = Array.from({ length: countOf(reader) }, () => readArray(reader));
  const names = Array.from({ length: countOf(reader) }, () => reader.text(reader.count(1)));
  if (names.length !== arrays.length) {
    throw new BrokenModel(`The params file has ${arrays.length} arrays but ${names.length} names`);
  }
  return new Map(arrays.map((array, i) => [(names[i] ?? "").replace(/^(arg|aux):/, ""), array]));
}

function countOf(reader: ByteReader): number {
  const count = reader.count(MIN_ARRAY_BYTES);
  if (count > MAX_ARRAYS) {
    throw new BrokenModel(`The params file has ${count} arrays; a linear model has at most ${MAX_ARRAYS}`);
  }
  return count;
}

function readArray(reader: ByteReader): NdArray {
  const magic = reader.uint32();
  const versioned = magic === V1 || magic === V2 || magic === V3;
  if (magic === V2 || magic === V3) {
    const storage = reader.uint32();
    if (storage !== DENSE)
      throw new BrokenModel("The params file holds a sparse array; only dense ones are read");
  }
  const axes = versioned ? reader.uint32() : magic;
  if (axes > MAX_AXES) throw new BrokenModel(`The params file holds an array of ${axes} axes`);
  // An array without axes is empty, and its description ends here; in V3 it is a scalar.
  if (axes === 0 && magic !== V3) return { shape: [], data: new Float32Array() };
  const shape = Array.from({ length: axes }, () => (versioned ? reader.uint64() : reader.uint32()));
  reader.uint32(); // device type
  reader.uint32(); // device number
  const type = reader.uint32();
  return {
    shape,
    data: readElements(
      reader,
      type,
      shape.reduce((product, size) => product * size, 1),
    ),
  };
}

/** Element types by their numbers in `_DTYPE_MX_TO_NP` (`mxnet/ndarray/ndarray.py`). */
function readElements(reader: ByteReader, type: number, count: number): Float32Array {
  switch (type) {
    case 0: {
      const bytes = reader.bytes(count * 4);
      return Float32Array.from({ length: count }, (_, i) => bytes.readFloatLE(i * 4));
    }
    case 1: {
      const bytes = reader.bytes(count * 8);
      return Float32Array.from({ length: count }, (_, i) => bytes.readDoubleLE(i * 8));
    }
    case 2: {
      const bytes = reader.bytes(count * 2);
      const values = float16Values();
      return Float32Array.from({ length: count }, (_, i) => values[bytes.readUInt16LE(i * 2)] ?? Number.NaN);
    }
    default:
      throw new BrokenModel(`The params file holds elements of type ${type}; only floats (0, 1, 2) are read`);
  }
}
