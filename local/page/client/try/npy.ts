/** An array of a `.npy` file; values are read when they are asked for, since a scene may have 256 MB. */
export interface NpyArray {
  readonly shape: readonly number[];
  /** Gives the value at an index along each axis. */
  value(...index: readonly number[]): number;
}

type Read = (view: DataView, offset: number, isLittle: boolean) => number;

/** Bytes of an element, and how it is read, by NumPy's type after the byte order. */
const TYPES: Readonly<Record<string, readonly [number, Read]>> = {
  b1: [1, (view, offset) => view.getUint8(offset)],
  u1: [1, (view, offset) => view.getUint8(offset)],
  i1: [1, (view, offset) => view.getInt8(offset)],
  u2: [2, (view, offset, isLittle) => view.getUint16(offset, isLittle)],
  i2: [2, (view, offset, isLittle) => view.getInt16(offset, isLittle)],
  u4: [4, (view, offset, isLittle) => view.getUint32(offset, isLittle)],
  i4: [4, (view, offset, isLittle) => view.getInt32(offset, isLittle)],
  f2: [2, (view, offset, isLittle) => halfFloat(view.getUint16(offset, isLittle))],
  f4: [4, (view, offset, isLittle) => view.getFloat32(offset, isLittle)],
  f8: [8, (view, offset, isLittle) => view.getFloat64(offset, isLittle)],
};

/** Bytes; a longer one describes no array that is shown. */
const MAX_HEADER = 10_000;

const MAGIC = "\x93NUMPY";

/**
 * Reads a `.npy` file, format 1.0 to 3.0: https://numpy.org/doc/stable/reference/generated/numpy.lib.format.html
 *
 * @throws Error  It is none, of another type, or shorter than it says.
 */
export function readNpy(bytes: ArrayBuffer): NpyArray {
  const view = new DataView(bytes);
  // Browsers take "latin1" for windows-1252, which has another character at 0x93.
  const text = (start: number, length: number) =>
    String.fromCharCode(...new Uint8Array(bytes.slice(start, start + Math.min(length, MAX_HEADER))));
  if (bytes.byteLength < 12 || text(0, 6) !== MAGIC) throw new Error("It is not a .npy file.");
  const [start, length] =
    view.getUint8(6) === 1 ? [10, view.getUint16(8, true)] : [12, view.getUint32(8, true)];
  const header = text(start, length);
  const [, order = "", type = ""] = /'descr':\s*'([<>|=])(\w+)'/.exec(header) ?? [];
  const [, fortran] = /'fortran_order':\s*(True|False)/.exec(header) ?? [];
  const [, axes] = /'shape':\s*\(([^)]*)\)/.exec(header) ?? [];
  const [size, read] = TYPES[type] ?? [];
  if (!size || !read || axes === undefined) throw new Error("Arrays of this type are not shown.");
  const shape = axes.split(",").flatMap((axis) => (axis.trim() === "" ? [] : [Number.parseInt(axis, 10)]));
  const strides = stridesOf(shape, size, fortran === "True");
  const first = start + length;
  if (first + shape.reduce((product, axis) => product * axis, size) > bytes.byteLength) {
    throw new Error("The file is shorter than its header says.");
  }
  const isLittle = order !== ">";
  return {
    shape,
    value: (...index) =>
      read(
        view,
        index.reduce((offset, i, axis) => offset + i * (strides[axis] ?? 0), first),
        isLittle,
      ),
  };
}

/** Bytes from one element to the next along each axis. */
function stridesOf(shape: readonly number[], size: number, isFortran: boolean): readonly number[] {
  const strides: number[] = [];
  let stride = size;
  for (let i = 0; i < shape.length; i++) {
    const axis = isFortran ? i : shape.length - 1 - i;
    strides[axis] = stride;
    stride *= shape[axis] ?? 1;
  }
  return strides;
}

function halfFloat(bits: number): number {
  const sign = bits & 0x8000 ? -1 : 1;
  const exponent = (bits >> 10) & 0x1f;
  const fraction = bits & 0x3ff;
  if (exponent === 0) return sign * fraction * 2 ** -24;
  if (exponent === 0x1f) return fraction ? Number.NaN : sign * Number.POSITIVE_INFINITY;
  return sign * (1 + fraction / 1024) * 2 ** (exponent - 15);
}
