/** A `.npy` file in memory, and the array in it. */
export interface NpyFile {
  readonly file: Buffer;
  /** Shares its memory with the file. */
  readonly values: Float32Array;
}

/**
 * Makes a `.npy` file, format 1.0, of float32 zeros in C order, little-endian: byte for byte what `numpy.save` writes. A large
 * array is filled in where it is sent from.
 */
export function zeroNpy(shape: readonly number[]): NpyFile {
  const elements = shape.reduce((product, axis) => product * axis, 1);
  const axes = shape.length === 1 ? `${shape[0]},` : shape.join(", ");
  const dictionary = `{'descr': '<f4', 'fortran_order': False, 'shape': (${axes}), }`;
  // NumPy leaves room for the first axis to grow to 21 digits, then aligns the body to 64 bytes.
  const room = shape.length === 0 ? 0 : 21 - String(shape[0]).length;
  const bodyOffset = Math.ceil((10 + dictionary.length + room + 1) / 64) * 64;

  const buffer = new ArrayBuffer(bodyOffset + elements * Float32Array.BYTES_PER_ELEMENT);
  const file = Buffer.from(buffer);
  file.fill(" ", 0, bodyOffset);
  file.write("\x93NUMPY\x01\x00", "latin1");
  file.writeUInt16LE(bodyOffset - 10, 8);
  file.write(dictionary, 10, "latin1");
  file.write("\n", bodyOffset - 1, "latin1");
  return { file, values: new Float32Array(buffer, bodyOffset) };
}
