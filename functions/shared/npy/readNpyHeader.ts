import { BadRequest } from "../errors";
import { cut, shown } from "../shown";
import { NPY_ITEM_SIZE, type NpyDtype } from "./npyItemSize";
import { parseNpyDictionary } from "./parseNpyDictionary";

/** The array as the header of a `.npy` file describes it. */
export interface NpyHeader {
  readonly version: "1.0" | "2.0" | "3.0";
  readonly dtype: NpyDtype;
  readonly littleEndian: boolean;
  /** First axis fastest. */
  readonly fortranOrder: boolean;
  readonly shape: readonly number[];
  /** Product of {@link shape}; 1 for a scalar. */
  readonly elements: number;
  /** The array's offset in the file, in bytes. */
  readonly bodyOffset: number;
}

/** Longest header dictionary in bytes: NumPy's own limit (`max_header_size` of `numpy.load`). */
const MAX_DICTIONARY = 10_000;
/** So many first bytes of a file contain any header that {@link readNpyHeader} takes. */
export const NPY_HEADER_BYTES = 12 + MAX_DICTIONARY;
/** NumPy's own limit since 2.0 (`NPY_MAXDIMS`). */
const MAX_AXES = 64;

const MAGIC = Buffer.from("\x93NUMPY", "latin1");
const ACCEPTED_DTYPES = Object.keys(NPY_ITEM_SIZE).join(" ");

/**
 * Reads the header of a `.npy` file, format 1.0, 2.0 or 3.0, and holds it against the length of the file,
 * so that whoever reads the body may allocate what the header asks for.
 * Format: https://numpy.org/doc/stable/reference/generated/numpy.lib.format.html
 *
 * @param start  First bytes of the file: all of it or at least {@link NPY_HEADER_BYTES}.
 * @param fileLength  Length of the whole file in bytes, as its store (not its sender) says.
 * @throws BadRequest  Not a `.npy` file, an element type that is not taken, a shape that does not fit the length.
 */
export function readNpyHeader(start: Uint8Array, fileLength: number): NpyHeader {
  const bytes = Buffer.from(start.buffer, start.byteOffset, start.byteLength);
  if (!bytes.subarray(0, 6).equals(MAGIC)) throw new BadRequest(`Not a .npy file: ${whatItIs(bytes)}`);
  if (bytes.length < 12)
    throw new BadRequest(`The .npy file ends within its header, after ${bytes.length} bytes`);

  const version = `${bytes[6]}.${bytes[7]}`;
  if (version !== "1.0" && version !== "2.0" && version !== "3.0") {
    throw new BadRequest(`The .npy file has format version ${version}; accepted are 1.0, 2.0, 3.0`);
  }
  const dictionaryOffset = version === "1.0" ? 10 : 12;
  const dictionaryLength = version === "1.0" ? bytes.readUInt16LE(8) : bytes.readUInt32LE(8);
  if (dictionaryLength > MAX_DICTIONARY) {
    throw new BadRequest(
      `The .npy file has a header of ${dictionaryLength} bytes; accepted are up to ${MAX_DICTIONARY}`,
    );
  }
  const bodyOffset = dictionaryOffset + dictionaryLength;
  if (bodyOffset > bytes.length) {
    throw new BadRequest(
      `The .npy file ends within its header, after ${bytes.length} of ${bodyOffset} bytes`,
    );
  }

  const dictionary = parseNpyDictionary(bytes.toString("latin1", dictionaryOffset, bodyOffset));
  const { dtype, littleEndian } = parseDtype(dictionary.descr);
  const { fortranOrder, shape } = dictionary;
  const elements = countElements(shape);
  const needed = bodyOffset + elements * NPY_ITEM_SIZE[dtype];
  if (needed !== fileLength) {
    const expected = Number.isSafeInteger(needed) ? `${needed} bytes` : "more bytes than any file has";
    throw new BadRequest(
      `The .npy file has ${fileLength} bytes, but its shape (${cut(shape.join(", "))}) of ${dtype} takes ${expected}`,
    );
  }
  return { version, dtype, littleEndian, fortranOrder, shape, elements, bodyOffset };
}

function parseDtype(descr: string): { dtype: NpyDtype; littleEndian: boolean } {
  const dtype = descr.slice(1);
  const order = descr[0];
  if (dtype.startsWith("O")) {
    throw new BadRequest(
      `The .npy file has dtype object (${shown(descr)}), a pickle, which is never loaded; accepted are ${ACCEPTED_DTYPES}`,
    );
  }
  if (!isDtype(dtype) || !(order === "<" || order === ">" || (order === "|" && dtype === "u1"))) {
    throw new BadRequest(
      `The .npy file has dtype ${shown(descr)}; accepted are ${ACCEPTED_DTYPES}, little-endian (<) or big-endian (>)`,
    );
  }
  return { dtype, littleEndian: order !== ">" };
}

function isDtype(text: string): text is NpyDtype {
  return Object.hasOwn(NPY_ITEM_SIZE, text);
}

/** A product past 2^53 is not exact, but no file is that long either. */
function countElements(shape: readonly number[]): number {
  if (shape.length > MAX_AXES) {
    throw new BadRequest(`The .npy file has ${shape.length} axes; accepted are up to ${MAX_AXES}`);
  }
  if (!shape.every(Number.isSafeInteger)) return Number.POSITIVE_INFINITY;
  return shape.reduce((product, axis) => product * axis, 1);
}

function whatItIs(bytes: Buffer): string {
  if (bytes.length === 0) return "it is empty";
  if (bytes.toString("latin1", 0, 2) === "PK") return "it is a zip or .npz; save one array with numpy.save";
  if (bytes[0] === 0x80) return "it is a pickle, which is never loaded; save the array with numpy.save";
  return `it starts with ${bytes.toString("hex", 0, 6)}, not 934e554d5059`;
}
