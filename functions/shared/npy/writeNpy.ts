/**
 * A `.npy` file, format 1.0, of float32 in C order, little-endian: byte for byte what `numpy.save` writes.
 *
 * @param values  As many as the product of `shape`.
 */
export function writeNpy(values: Float32Array, shape: readonly number[]): Buffer {
  const elements = shape.reduce((product, axis) => product * axis, 1);
  if (elements !== values.length) {
    throw new Error(`\`shape\` (${shape.join(", ")}) takes ${elements} values, not ${values.length}`);
  }
  const axes = shape.length === 1 ? `${shape[0]},` : shape.join(", ");
  const dictionary = `{'descr': '<f4', 'fortran_order': False, 'shape': (${axes}), }`;
  // NumPy leaves room for the first axis to grow to 21 digits, then aligns the body to 64 bytes.
  const room = shape.length === 0 ? 0 : 21 - String(shape[0]).length;
  const bodyOffset = Math.ceil((10 + dictionary.length + room + 1) / 64) * 64;

  const header = Buffer.alloc(bodyOffset, " ");
  header.write("\x93NUMPY\x01\x00", "latin1");
  header.writeUInt16LE(bodyOffset - 10, 8);
  header.write(dictionary, 10, "latin1");
  header.write("\n", bodyOffset - 1, "latin1");
  return Buffer.concat([header, Buffer.from(values.buffer, values.byteOffset, values.byteLength)]);
}
