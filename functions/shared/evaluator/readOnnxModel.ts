import { ProtobufReader } from "./protobuf";
import { type ElementType, NotEvaluable, sizeOf, type Value } from "./value";

/** The part of an ONNX model that is evaluated. */
export interface ReadModel {
  readonly nodes: readonly ReadNode[];
  readonly inputs: readonly ReadInput[];
  readonly outputs: readonly ReadInput[];
  readonly initializers: ReadonlyMap<string, Value>;
}

export interface ReadNode {
  readonly op: string;
  readonly inputs: readonly string[];
  readonly outputs: readonly string[];
  /** Messages by the attributes' names, for {@link readAttribute}. */
  readonly attributes: ReadonlyMap<string, Buffer>;
}

export interface ReadAttribute {
  readonly float: number;
  readonly int: number;
  readonly text: string;
  readonly tensor: Value | undefined;
  readonly floats: readonly number[];
  readonly ints: readonly number[];
  readonly strings: readonly string[];
}

/** A tensor that the model takes or gives. */
export interface ReadInput {
  readonly name: string;
  readonly type: ElementType;
  /** A size, or the name of one that may be any. */
  readonly shape: readonly (number | string)[];
}

const DOMAINS = ["", "ai.onnx", "ai.onnx.ml"];

/** Numbers of `TensorProto.DataType`. */
const TYPES: Readonly<Record<number, ElementType>> = {
  1: "float32",
  6: "int32",
  7: "int64",
  8: "string",
  9: "bool",
  11: "float64",
};

/**
 * Reads the bytes of a `model.onnx`. Field numbers are those of `onnx.proto`:
 * https://github.com/onnx/onnx/blob/main/onnx/onnx.proto
 *
 * @throws NotEvaluable  Damaged, or with tensors of other types or in other files, or functions.
 */
export function readOnnxModel(bytes: Uint8Array): ReadModel {
  const message = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let graph: Buffer | undefined;
  const field = new ProtobufReader(message);
  while (field.next()) {
    if (field.number === 7) graph = graph === undefined ? field.bytes : Buffer.concat([graph, field.bytes]);
    if (field.number === 25) throw new NotEvaluable("the model has functions of its own");
  }
  if (graph === undefined) throw new NotEvaluable("the file has no graph");
  const nodes: ReadNode[] = [];
  const inputs: ReadInput[] = [];
  const outputs: ReadInput[] = [];
  const initializers = new Map<string, Value>();
  const part = new ProtobufReader(graph);
  while (part.next()) {
    const { number } = part;
    if (number === 1) nodes.push(readNode(part.bytes));
    else if (number === 5) {
      const { name, value } = readTensor(part.bytes);
      initializers.set(name, value);
    } else if (number === 11) inputs.push(readInput(part.bytes));
    else if (number === 12) outputs.push(readInput(part.bytes));
    else if (number === 15) throw new NotEvaluable("the model has sparse initializers");
  }
  return { nodes, inputs: inputs.filter(({ name }) => !initializers.has(name)), outputs, initializers };
}

function readNode(message: Buffer): ReadNode {
  const node = { op: "", inputs: [] as string[], outputs: [] as string[] };
  const attributes = new Map<string, Buffer>();
  const field = new ProtobufReader(message);
  while (field.next()) {
    const { number } = field;
    if (number === 1) node.inputs.push(field.text);
    else if (number === 2) node.outputs.push(field.text);
    else if (number === 4) node.op = field.text;
    else if (number === 5) attributes.set(child(field.bytes, 1)?.text ?? "", field.bytes);
    else if (number === 7 && !DOMAINS.includes(field.text)) {
      throw new NotEvaluable(`an operator of ${field.text}`);
    }
  }
  return { ...node, attributes };
}

/** Reads an attribute, which may be a list as long as a model has nodes. */
export function readAttribute(message: Buffer): ReadAttribute {
  const attribute = { float: 0, int: 0, text: "" };
  const floats: number[] = [];
  const ints: number[] = [];
  const strings: string[] = [];
  let tensor: Value | undefined;
  const field = new ProtobufReader(message);
  while (field.next()) {
    const { number, int } = field;
    if (number === 2) attribute.float = field.float;
    else if (number === 3) attribute.int = int;
    else if (number === 4) attribute.text = field.text;
    else if (number === 5) tensor = readTensor(field.bytes).value;
    else if (number === 7) field.addFloats(floats);
    else if (number === 8) field.addInts(ints);
    else if (number === 9) field.addStrings(strings);
    else if (number !== 1 && number !== 20 && number !== 13)
      throw new NotEvaluable("an attribute of another kind");
  }
  return { ...attribute, floats, ints, strings, tensor };
}

function readTensor(message: Buffer): { name: string; value: Value } {
  const dims: number[] = [];
  const numbers: number[] = [];
  const strings: string[] = [];
  let raw: Buffer | undefined;
  let name = "";
  let type: ElementType | undefined;
  const field = new ProtobufReader(message);
  while (field.next()) {
    const { number, int } = field;
    if (number === 1) field.addInts(dims);
    else if (number === 2) type = TYPES[int];
    else if (number === 4) field.addFloats(numbers);
    else if (number === 5 || number === 7) field.addInts(numbers);
    else if (number === 6) strings.push(field.text);
    else if (number === 8) name = field.text;
    else if (number === 9) raw = field.bytes;
    else if (number === 10) field.addDoubles(numbers);
    else if (number === 13 || number === 14) throw new NotEvaluable("weights in another file");
  }
  const value = tensorValue(type, dims, raw, numbers, strings);
  if (value.data.length !== sizeOf(dims))
    throw new NotEvaluable(`the tensor ${name} is not what its shape says`);
  return { name, value };
}

function tensorValue(
  type: ElementType | undefined,
  dims: readonly number[],
  raw: Buffer | undefined,
  numbers: readonly number[],
  strings: readonly string[],
): Value {
  // A copy: typed arrays begin at multiples of their element's size.
  const own = raw && Uint8Array.from(raw).buffer;
  switch (type) {
    case "float32":
      return { type, dims, data: own ? new Float32Array(own) : Float32Array.from(numbers) };
    case "float64":
      return { type, dims, data: own ? new Float64Array(own) : Float64Array.from(numbers) };
    case "int64":
      return { type, dims, data: own ? new BigInt64Array(own) : BigInt64Array.from(numbers, BigInt) };
    case "int32":
      return { type, dims, data: own ? new Int32Array(own) : Int32Array.from(numbers) };
    case "bool":
      return { type, dims, data: own ? new Uint8Array(own) : Uint8Array.from(numbers) };
    case "string":
      return { type, dims, data: strings };
    default:
      throw new NotEvaluable("a tensor of another type");
  }
}

/** `ValueInfoProto`: a name and, within its type, a tensor's element type and shape. */
function readInput(message: Buffer): ReadInput {
  const name = child(message, 1)?.text ?? "";
  const tensor = child(child(message, 2)?.bytes, 1)?.bytes;
  const type = TYPES[child(tensor, 1)?.int ?? 0];
  const shape = child(tensor, 2)?.bytes;
  if (tensor === undefined || type === undefined || shape === undefined) {
    throw new NotEvaluable(`${name} is no tensor of a known type and shape`);
  }
  const dims: (number | string)[] = [];
  const field = new ProtobufReader(shape);
  while (field.next()) dims.push(child(field.bytes, 1)?.int ?? child(field.bytes, 2)?.text ?? "");
  return { name, type, shape: dims };
}

function child(message: Buffer | undefined, number: number): ProtobufReader | undefined {
  const field = new ProtobufReader(message ?? Buffer.alloc(0));
  while (field.next()) if (field.number === number) return field;
  return undefined;
}
