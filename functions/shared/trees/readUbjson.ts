import { BrokenModel } from "../modelStore/brokenModel";

/** XGBoost's own objects are six deep. */
const MAX_DEPTH = 32;

type TypedArray = Uint8Array | Int8Array | Int16Array | Int32Array | Float32Array | Float64Array;

/** Bytes of a number, and how to read it, by its marker. UBJSON is big-endian. */
const NUMBERS: Readonly<
  Record<
    string,
    { bytes: number; read(view: DataView, at: number): number; array(length: number): TypedArray }
  >
> = {
  i: { bytes: 1, read: (view, at) => view.getInt8(at), array: (length) => new Int8Array(length) },
  U: { bytes: 1, read: (view, at) => view.getUint8(at), array: (length) => new Uint8Array(length) },
  I: { bytes: 2, read: (view, at) => view.getInt16(at), array: (length) => new Int16Array(length) },
  l: { bytes: 4, read: (view, at) => view.getInt32(at), array: (length) => new Int32Array(length) },
  L: {
    bytes: 8,
    read: (view, at) => Number(view.getBigInt64(at)),
    array: (length) => new Float64Array(length),
  },
  d: { bytes: 4, read: (view, at) => view.getFloat32(at), array: (length) => new Float32Array(length) },
  D: { bytes: 8, read: (view, at) => view.getFloat64(at), array: (length) => new Float64Array(length) },
};

/**
 * Reads UBJSON (https://ubjson.org) as XGBoost writes it: lists of one type become typed arrays.
 *
 * @throws BrokenModel  Truncated, damaged or nested too deep.
 */
export function readUbjson(bytes: Uint8Array): unknown {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let at = 0;

  /** Moves on. @returns where the bytes begin */
  function take(count: number): number {
    if (!(count >= 0 && count <= bytes.length - at)) {
      throw new BrokenModel(`The UBJSON file ends at byte ${bytes.length}, where more should follow`);
    }
    at += count;
    return at - count;
  }

  const marker = () => String.fromCharCode(view.getUint8(take(1)));

  function number(type: string): number {
    const form = NUMBERS[type];
    if (form === undefined) throw unknownMarker(type);
    return form.read(view, take(form.bytes));
  }

  /** A length with its own marker; of things that take at least a byte each. */
  function length(): number {
    const value = number(marker());
    if (value > bytes.length - at) take(value);
    return value;
  }

  function text(): string {
    const count = length();
    const from = take(count);
    return Buffer.from(bytes.buffer, bytes.byteOffset + from, count).toString("utf8");
  }

  function value(type: string, depth: number): unknown {
    if (depth > MAX_DEPTH) throw new BrokenModel(`The UBJSON file is nested deeper than ${MAX_DEPTH}`);
    switch (type) {
      case "{":
        return object(depth);
      case "[":
        return list(depth);
      case "S":
        return text();
      case "C":
        return marker();
      case "Z":
        return null;
      case "T":
        return true;
      case "F":
        return false;
      default:
        return number(type);
    }
  }

  function object(depth: number): Record<string, unknown> {
    const members: [string, unknown][] = [];
    while (peek() !== "}") {
      const name = text();
      members.push([name, value(marker(), depth + 1)]);
    }
    take(1);
    return Object.fromEntries(members);
  }

  function list(depth: number): unknown[] | TypedArray {
    if (peek() === "$") return typed();
    const elements: unknown[] = [];
    if (peek() === "#") {
      take(1);
      for (let left = length(); left > 0; left--) elements.push(value(marker(), depth + 1));
      return elements;
    }
    while (peek() !== "]") elements.push(value(marker(), depth + 1));
    take(1);
    return elements;
  }

  function typed(): TypedArray {
    take(1);
    const type = marker();
    const form = NUMBERS[type];
    if (form === undefined || marker() !== "#") throw unknownMarker(type);
    const count = length();
    const from = take(count * form.bytes);
    const array = form.array(count);
    for (let i = 0; i < count; i++) array[i] = form.read(view, from + i * form.bytes);
    return array;
  }

  const peek = () => (at < bytes.length ? String.fromCharCode(view.getUint8(at)) : undefined);
  return value(marker(), 0);
}

function unknownMarker(type: string): BrokenModel {
  return new BrokenModel(`The UBJSON file has the unknown marker ${JSON.stringify(type)}`);
}
