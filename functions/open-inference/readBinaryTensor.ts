import type { DataType } from "../shared/dataType";
import { checkString, type Reject } from "./checkString";
import { DATA_TYPES } from "./dataTypes";

/**
 * Reads a tensor's bytes.
 *
 * @throws BadRequest There are too few or too many bytes, or strings that no model takes.
 */
export function readBinaryTensor(
  bytes: Buffer,
  datatype: DataType,
  shape: readonly number[],
  reject: Reject,
) {
  const count = shape.reduce((product, size) => product * size, 1);
  const { array, onnx } = DATA_TYPES[datatype];
  if (array === undefined) return readStrings(bytes, count, reject);
  const expected = count * array.BYTES_PER_ELEMENT;
  if (bytes.length !== expected)
    throw reject(`${bytes.length} bytes of binary data, the shape says ${expected}`);
  // Copied: typed arrays begin at multiples of their element size.
  const copy = Uint8Array.from(bytes);
  if (onnx === "bool") for (let i = 0; i < copy.length; i++) copy[i] = copy[i] === 0 ? 0 : 1;
  return new array(copy.buffer, 0, count);
}

/** Each string's length as four bytes, then its UTF-8. */
function readStrings(bytes: Buffer, count: number, reject: Reject): string[] {
  const decoder = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });
  const strings: string[] = [];
  let offset = 0;
  while (offset < bytes.length) {
    const end = offset + 4 + (offset + 4 <= bytes.length ? bytes.readUInt32LE(offset) : 0);
    if (offset + 4 > bytes.length || end > bytes.length) throw reject("its binary data end within a string");
    let text: string;
    try {
      text = decoder.decode(bytes.subarray(offset + 4, end));
    } catch {
      throw reject("ONNX strings are UTF-8, and its binary data hold a string that is not");
    }
    strings.push(checkString(text, reject));
    offset = end;
  }
  if (strings.length !== count)
    throw reject(`${strings.length} strings of binary data, the shape says ${count}`);
  return strings;
}
