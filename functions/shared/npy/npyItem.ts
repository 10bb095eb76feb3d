import { NPY_ITEM_SIZE } from "./npyItemSize";
import { DECODE } from "./npyToFloat32";
import type { NpyHeader } from "./readNpyHeader";

/** Decodes elements in the order of the file, as the numbers that they are: float64 keeps all of its digits. */
export function npyItem({
  dtype,
  littleEndian,
}: Pick<NpyHeader, "dtype" | "littleEndian">): (bytes: Uint8Array) => number[] {
  const decode = DECODE[dtype]();
  const size = NPY_ITEM_SIZE[dtype];
  return (bytes) => {
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    return Array.from({ length: bytes.length / size }, (_, i) => decode(view, i * size, littleEndian));
  };
}
