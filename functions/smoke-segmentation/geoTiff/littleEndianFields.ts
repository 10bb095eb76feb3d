import type { TiffDirectory, TiffField } from "./readTiffDirectory";
import { TYPE_BYTES } from "./tiffTags";

/** Fields of a file with little-endian values, ready to be written into another file. */
export function littleEndianFields(
  { littleEndian, fields }: TiffDirectory,
  tags: readonly number[],
): Map<number, TiffField> {
  const found = new Map<number, TiffField>();
  for (const tag of tags) {
    const field = fields.get(tag);
    if (field === undefined) continue;
    const bytes = Buffer.from(field.bytes);
    const size = TYPE_BYTES[field.type] ?? 1;
    if (!littleEndian && size === 2) bytes.swap16();
    if (!littleEndian && size === 4) bytes.swap32();
    if (!littleEndian && size === 8) bytes.swap64();
    found.set(tag, { ...field, bytes });
  }
  return found;
}
