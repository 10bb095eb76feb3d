/**
 * A `.npy` file of any header, format 1.0, as NumPy or an attacker would write it.
 *
 * @param body  Bytes behind the header. @default as many zeros as little-endian `shape` takes by `descr`'s last digit
 */
export function npyFile(descr: string, shape: readonly number[], body?: Uint8Array): Buffer {
  const axes = shape.length === 1 ? `${shape[0]},` : shape.join(", ");
  const dictionary = `{'descr': '${descr}', 'fortran_order': False, 'shape': (${axes}), }`;
  const padded = `${dictionary.padEnd(117)}\n`;
  const head = Buffer.alloc(10);
  head.write("\x93NUMPY\x01\x00", "latin1");
  head.writeUInt16LE(padded.length, 8);
  const length = shape.reduce((product, axis) => product * axis, Number(descr.at(-1)));
  return Buffer.concat([head, Buffer.from(padded, "latin1"), body ?? Buffer.alloc(length)]);
}
