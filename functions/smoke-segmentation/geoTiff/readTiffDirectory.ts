import { BadRequest } from "../../shared/errors";
import { TYPE_BYTES } from "./tiffTags";

/** A field of a TIFF file. */
export interface TiffField {
  readonly type: number;
  readonly count: number;
  /** Its values as they lie in the file. */
  readonly bytes: Buffer;
}

/** The first image of a TIFF file. */
export interface TiffDirectory {
  readonly littleEndian: boolean;
  readonly fields: ReadonlyMap<number, TiffField>;
}

/** More fields than any writer makes. */
const MAX_FIELDS = 1_000;

/** Whether a file is TIFF or BigTIFF. */
export function isTiff(start: Uint8Array): boolean {
  const magic = Buffer.from(start.subarray(0, 4)).toString("latin1");
  return ["II*\0", "MM\0*", "II+\0", "MM\0+"].includes(magic);
}

/**
 * Reads the fields of a TIFF file's first image, and holds them against the length of the file: what a library reads
 * afterwards takes no more memory than the file has bytes.
 *
 * @throws BadRequest  Fields that lie outside the file, or claim more than it has.
 */
export function readTiffDirectory(file: Buffer): TiffDirectory {
  const littleEndian = file[0] === 0x49;
  const big = file[littleEndian ? 2 : 3] === 43;
  const view = new DataView(file.buffer, file.byteOffset, file.byteLength);
  const short = (at: number) => view.getUint16(at, littleEndian);
  const long = (at: number) => view.getUint32(at, littleEndian);
  const offset = (at: number) => (big ? Number(view.getBigUint64(at, littleEndian)) : long(at));
  try {
    const start = offset(big ? 8 : 4);
    const count = big ? offset(start) : short(start);
    if (count > MAX_FIELDS) throw new RangeError(`${count} fields`);
    const fields = new Map<number, TiffField>();
    let claimed = 0;
    for (let i = 0; i < count; i++) {
      const at = start + (big ? 8 + 20 * i : 2 + 12 * i);
      const [tag, type, values] = [short(at), short(at + 2), offset(at + 4)];
      const bytes = values * (TYPE_BYTES[type] ?? Number.NaN);
      claimed += bytes;
      const valueAt = at + (big ? 12 : 8);
      const from = bytes <= (big ? 8 : 4) ? valueAt : offset(valueAt);
      if (!(claimed <= file.length && from + bytes <= file.length)) throw new RangeError(`field ${tag}`);
      fields.set(tag, { type, count: values, bytes: file.subarray(from, from + bytes) });
    }
    return { littleEndian, fields };
  } catch (cause) {
    throw new BadRequest(`The GeoTIFF is damaged: its first image's fields do not lie within the file`, {
      cause,
    });
  }
}

/** The whole numbers of a field; none where it is missing. */
export function numbersOf({ littleEndian, fields }: TiffDirectory, tag: number): number[] {
  const field = fields.get(tag);
  if (field === undefined) return [];
  const { type, count, bytes } = field;
  const size = TYPE_BYTES[type] ?? 1;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return Array.from({ length: count }, (_, i) => {
    if (size === 1) return view.getUint8(i);
    if (size === 2) return view.getUint16(i * 2, littleEndian);
    if (size === 4) return view.getUint32(i * 4, littleEndian);
    return Number(view.getBigUint64(i * 8, littleEndian));
  });
}

/** The text of a field, without the zero that ends it. */
export function textOf({ fields }: TiffDirectory, tag: number): string | undefined {
  return fields.get(tag)?.bytes.toString("utf8").replace(/\0.*$/s, "");
}
