import type { DataType } from "../shared/dataType";
import { shown } from "../shared/shown";
import { checkString, type Reject } from "./checkString";
import { DATA_TYPES } from "./dataTypes";
import { numberText } from "./parseNumbers";

/** Numbers that JSON does not have, as strings. */
const NOT_FINITE = new Map([
  ["NaN", Number.NaN],
  ["Infinity", Number.POSITIVE_INFINITY],
  ["-Infinity", Number.NEGATIVE_INFINITY],
]);

/**
 * Reads a tensor's `data`: lists nested as the shape says, or one flat list.
 *
 * @throws BadRequest  Nested otherwise, too few or too many values, or values that are not of the data type.
 */
export function readJsonTensor(data: unknown, datatype: DataType, shape: readonly number[], reject: Reject) {
  if (data === undefined || data === null) throw reject("`data` is missing");
  if (datatype === "FP16") throw reject("FP16 cannot be sent as JSON; send it as binary data");
  const values = flatten(data, shape, reject);
  const { array: ArrayType } = DATA_TYPES[datatype];
  if (ArrayType === undefined) return values.map((value) => readString(value, reject));
  const array = new ArrayType(values.length) as { [index: number]: number | bigint };
  const read = readerOf(datatype, reject);
  for (let i = 0; i < values.length; i++) array[i] = read(values[i]);
  return array;
}

/** Values in row-major order. */
function flatten(data: unknown, shape: readonly number[], reject: Reject): readonly unknown[] {
  const count = shape.reduce((product, size) => product * size, 1);
  if (!Array.isArray(data)) {
    if (shape.length > 0) throw reject("`data` is not a list");
    return [data];
  }
  if (!data.some(Array.isArray)) {
    if (data.length !== count && !(data.length === 0 && count === 0))
      throw reject(`\`data\` has ${data.length} values, the shape says ${count}`);
    return data;
  }
  const values: unknown[] = [];
  const take = (entry: unknown, axis: number): void => {
    const size = shape[axis];
    const fits = size === undefined ? !Array.isArray(entry) : Array.isArray(entry) && entry.length === size;
    if (!fits) throw reject(`\`data\` is not nested as the shape [${shape}] says`);
    if (Array.isArray(entry)) for (const each of entry) take(each, axis + 1);
    else values.push(entry);
  };
  take(data, 0);
  return values;
}

function readerOf(datatype: DataType, reject: Reject): (value: unknown) => number | bigint {
  const { range } = DATA_TYPES[datatype];
  if (datatype === "BOOL") return (value) => readBoolean(value, reject);
  if (range === undefined) return (value) => readFloat(value, datatype === "FP32", reject);
  const isLong = datatype === "INT64" || datatype === "UINT64";
  return (value) => {
    const whole = readWhole(value, range, isLong, reject);
    return isLong ? whole : Number(whole);
  };
}

function readBoolean(value: unknown, reject: Reject): number {
  if (value === true || value === 1) return 1;
  if (value === false || value === 0) return 0;
  throw reject(`${numberText(value) ?? shown(value)} is not true or false`);
}

function readFloat(value: unknown, isSingle: boolean, reject: Reject): number {
  if (typeof value === "number" && Number.isFinite(isSingle ? Math.fround(value) : value)) return value;
  if (value === null) return Number.NaN;
  const text = numberText(value) ?? value;
  const number = typeof text === "string" ? NOT_FINITE.get(text) : undefined;
  if (number !== undefined) return number;
  // A long integer that was kept for another tensor of the same request.
  if (text !== value && Number.isFinite(Math.fround(Number(text)))) return Number(text);
  throw reject(`${text === value ? shown(value) : text} is not a number of ${isSingle ? "FP32" : "FP64"}`);
}

function readWhole(
  value: unknown,
  [least, greatest]: readonly [bigint, bigint],
  isLong: boolean,
  reject: Reject,
): bigint {
  const text = numberText(value);
  const whole = text === undefined ? wholeOf(value) : /^-?\d+$/.test(text) ? BigInt(text) : undefined;
  if (whole === undefined || whole < least || whole > greatest) {
    throw reject(`${text ?? shown(value)} is not a whole number from ${least} to ${greatest}`);
  }
  if (isLong && text === undefined && !Number.isSafeInteger(value)) {
    throw reject(`${value} is not exact: write all of its digits, or send it as binary data`);
  }
  return whole;
}

function wholeOf(value: unknown): bigint | undefined {
  return typeof value === "number" && Number.isInteger(value) ? BigInt(value) : undefined;
}

function readString(value: unknown, reject: Reject): string {
  if (typeof value !== "string" || numberText(value) !== undefined) {
    throw reject(`${numberText(value) ?? shown(value)} is not a string`);
  }
  return checkString(value, reject);
}
