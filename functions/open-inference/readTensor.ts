import { Tensor } from "onnxruntime-node";
import { BadRequest } from "../shared/errors";
import { float16Tensor } from "../shared/float16Tensor";
import { cut, shown } from "../shared/shown";
import { DATA_TYPES, type DataType, type DataTypeForm } from "./dataTypes";
import type { InferInput } from "./inferRequest";
import { shapeOf, type TensorSignature } from "./modelSignature";

/**
 * Makes a tensor of an input.
 *
 * @param expected  What the model takes by this name.
 * @param binary    The input's bytes, where they follow the JSON; little-endian, row-major.
 * @throws BadRequest  Another data type or shape, too few or too many values, values out of range; says what the model
 *   expects.
 */
export function readTensor(input: InferInput, expected: TensorSignature, binary: Buffer | undefined): Tensor {
  const { name, shape } = input;
  if (input.datatype !== expected.datatype || !fits(shape, expected.shape)) {
    throw new BadRequest(
      `Input ${shown(name)} is ${cut(input.datatype)} [${cut(String(shape))}], the model expects ${expected.datatype} ${shapeOf(expected)}`,
    );
  }
  const count = shape.reduce((product, size) => product * size, 1);
  const form = DATA_TYPES[expected.datatype];
  const refuse = (what: string) => new BadRequest(`Input ${shown(name)}: ${what}`);
  const data =
    binary === undefined
      ? readJson(input.data, expected.datatype, form, count, refuse)
      : readBinary(binary, form, count, refuse);
  if (form.onnx === "float16") return float16Tensor(data as Uint16Array, shape);
  return new Tensor(expected.datatype === "BYTES" ? "string" : form.onnx, data as never, shape);
}

type Refuse = (what: string) => Error;

function fits(shape: readonly number[], expected: readonly number[] | undefined): boolean {
  if (expected === undefined) return true;
  return (
    shape.length === expected.length && expected.every((size, axis) => size === -1 || size === shape[axis])
  );
}

function readJson(data: unknown, datatype: DataType, form: DataTypeForm, count: number, refuse: Refuse) {
  if (data === undefined) throw refuse("`data` is missing");
  if (datatype === "FP16") throw refuse("FP16 cannot be sent as JSON; send it as binary data");
  const values = flatten(data, count, refuse);
  if (form.array === undefined) return values.map((value) => readString(value, refuse));
  const array = new form.array(count) as { [index: number]: number | bigint };
  const big = datatype === "INT64" || datatype === "UINT64";
  for (const [i, value] of values.entries()) array[i] = readNumber(value, datatype, form, big, refuse);
  return array;
}

/** Values of nested or flat lists, row-major. */
function flatten(data: unknown, count: number, refuse: Refuse): unknown[] {
  // Depth is bounded by the body's size alone, so the walk keeps its own stack.
  const values: unknown[] = [];
  const stack: unknown[] = [data];
  while (stack.length > 0) {
    const value = stack.pop();
    if (Array.isArray(value)) for (let i = value.length - 1; i >= 0; i--) stack.push(value[i]);
    else values.push(value);
  }
  if (values.length !== count) throw refuse(`\`data\` has ${values.length} values, the shape says ${count}`);
  return values;
}

function readNumber(
  value: unknown,
  datatype: DataType,
  { range }: DataTypeForm,
  big: boolean,
  refuse: Refuse,
) {
  if (datatype === "BOOL") {
    if (value === true || value === 1) return 1;
    if (value === false || value === 0) return 0;
    throw refuse(`${shown(value)} is not true or false`);
  }
  if (typeof value !== "number" || !Number.isFinite(datatype === "FP32" ? Math.fround(value) : value)) {
    throw refuse(`${shown(value)} is not a finite number`);
  }
  if (range === undefined) return value;
  if (!Number.isInteger(value) || BigInt(value) < range[0] || BigInt(value) > range[1]) {
    throw refuse(`${value} is not a whole number from ${range[0]} to ${range[1]}`);
  }
  if (big && !Number.isSafeInteger(value)) {
    // JSON.parse has rounded it already.
    throw refuse(`${value} is beyond what JSON numbers carry exactly; send it as binary data`);
  }
  return big ? BigInt(value) : value;
}

function readString(value: unknown, refuse: Refuse): string {
  if (typeof value !== "string") throw refuse(`${shown(value)} is not a string`);
  // onnxruntime-node hands strings on as C has them: what follows would be lost without a word.
  if (value.includes("\0")) throw refuse("strings with a zero byte cannot be given to a model");
  return value;
}

function readBinary(bytes: Buffer, form: DataTypeForm, count: number, refuse: Refuse) {
  if (form.array === undefined) return readStrings(bytes, count, refuse);
  const expected = count * form.array.BYTES_PER_ELEMENT;
  if (bytes.length !== expected)
    throw refuse(`${bytes.length} bytes of binary data, the shape says ${expected}`);
  // A copy of its own: typed arrays begin at multiples of their element's size.
  const copy = Uint8Array.from(bytes);
  if (form.onnx === "bool") for (let i = 0; i < copy.length; i++) copy[i] = copy[i] === 0 ? 0 : 1;
  return new form.array(copy.buffer, 0, count);
}

/** Each string's length as four bytes, then its UTF-8. */
function readStrings(bytes: Buffer, count: number, refuse: Refuse): string[] {
  const decoder = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });
  const strings: string[] = [];
  let offset = 0;
  while (offset < bytes.length) {
    const end = offset + 4 + (offset + 4 <= bytes.length ? bytes.readUInt32LE(offset) : 0);
    if (offset + 4 > bytes.length || end > bytes.length) throw refuse("its binary data end within a string");
    let text: string;
    try {
      text = decoder.decode(bytes.subarray(offset + 4, end));
    } catch {
      throw refuse("ONNX strings are UTF-8, and its binary data hold a string that is not");
    }
    strings.push(readString(text, refuse));
    offset = end;
  }
  if (strings.length !== count)
    throw refuse(`${strings.length} strings of binary data, the shape says ${count}`);
  return strings;
}
