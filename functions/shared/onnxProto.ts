/**
 * Writes ONNX models without a protobuf library: the part of `onnx.proto` (https://github.com/onnx/onnx/blob/main/onnx/onnx.proto)
 * that a model made in code needs. Field numbers below are that file's.
 */

/** Element types by their names in `TensorProto.DataType`: [its number, bytes an element]. */
const dataTypes = {
  FLOAT: [1, 4],
  UINT8: [2, 1],
  INT8: [3, 1],
  UINT16: [4, 2],
  INT16: [5, 2],
  INT32: [6, 4],
  INT64: [7, 8],
  BOOL: [9, 1],
  FLOAT16: [10, 2],
  DOUBLE: [11, 8],
  UINT32: [12, 4],
  UINT64: [13, 8],
} as const;

export type OnnxDataType = keyof typeof dataTypes;

/** `TensorProto.DataType.STRING`; text passes through graphs but has no raw form an initializer could take here. */
const STRING_TYPE = 8;

/** A graph input or output. A dimension is a size, or a name where it may be any (`["batch", 6]`). */
export interface OnnxValue {
  readonly name: string;
  readonly type: OnnxDataType | "STRING";
  readonly shape: readonly (number | string)[];
}

/** A constant tensor, row-major, with its elements either here or in a file beside the model. */
export type OnnxTensor = {
  readonly name: string;
  readonly type: OnnxDataType;
  /** No dimension at all makes a scalar. */
  readonly dims: readonly number[];
} & ({ readonly data: ArrayBufferView } | { readonly external: OnnxExternalData });

/**
 * The place of a tensor's elements, little-endian. onnxruntime maps the file when `offset` is a multiple of the page
 * size.
 */
export interface OnnxExternalData {
  /** Path relative to the model's folder. */
  readonly location: string;
  /** Bytes. @default 0 */
  readonly offset?: number;
}

/** An attribute of a node. The kind is named since a JavaScript `1` may be an int or a float. */
export type OnnxAttribute =
  | { readonly int: number }
  | { readonly float: number }
  | { readonly string: string }
  | { readonly ints: ArrayLike<number> }
  | { readonly floats: ArrayLike<number> }
  | { readonly strings: readonly string[] }
  | { readonly tensor: OnnxTensor };

export interface OnnxNode {
  /** Operator, e.g. `MatMul`. */
  readonly op: string;
  /** Names of values; an optional input that is left out is `""`. */
  readonly inputs: readonly string[];
  readonly outputs: readonly string[];
  readonly attributes?: Readonly<Record<string, OnnxAttribute>>;
  /** @default "" which is ONNX's own operators */
  readonly domain?: string;
}

export interface OnnxModel {
  readonly name: string;
  /** In an order in which every node comes after those it takes values from. */
  readonly nodes: readonly OnnxNode[];
  readonly inputs: readonly OnnxValue[];
  readonly outputs: readonly OnnxValue[];
  readonly initializers?: readonly OnnxTensor[];
  /** Version of each operator set used, by domain. @default { "": 15 } */
  readonly opsets?: Readonly<Record<string, number>>;
  /** The model's `metadata_props`, e.g. its origin. */
  readonly metadata?: Readonly<Record<string, string>>;
}

/** IR version of ONNX 1.10, which came with opset 15: old enough for every runtime of the last years. */
const IR_VERSION = 8;

/** A protobuf message cannot be larger than this. */
const MAX_MESSAGE = 2 ** 31 - 1;

/**
 * The bytes of a `model.onnx`. Throws where a tensor's data do not fill its dimensions and where the
 * model passes protobuf's 2 GiB.
 */
export function encodeOnnxModel(model: OnnxModel): Buffer {
  const bytes = message(
    int(1, IR_VERSION),
    text(2, "paddock"),
    bytesField(7, graph(model)),
    ...Object.entries(model.opsets ?? { "": 15 }).map(([domain, version]) =>
      bytesField(8, message(text(1, domain), int(2, version))),
    ),
    ...Object.entries(model.metadata ?? {}).map(([key, value]) => entry(14, key, value)),
  );
  if (bytes.length > MAX_MESSAGE)
    throw new RangeError(
      `the model "${model.name}" takes ${bytes.length} bytes, protobuf at most ${MAX_MESSAGE}: move initializers to \`external\` data`,
    );
  return bytes;
}

function graph(model: OnnxModel): Buffer {
  return message(
    ...model.nodes.map((each) => bytesField(1, node(each))),
    text(2, model.name),
    ...(model.initializers ?? []).map((each) => bytesField(5, tensor(each))),
    ...model.inputs.map((each) => bytesField(11, valueInfo(each))),
    ...model.outputs.map((each) => bytesField(12, valueInfo(each))),
  );
}

function node(node: OnnxNode): Buffer {
  return message(
    ...node.inputs.map((name) => text(1, name)),
    ...node.outputs.map((name) => text(2, name)),
    text(4, node.op),
    ...Object.entries(node.attributes ?? {}).map(([name, value]) => bytesField(5, attribute(name, value))),
    text(7, node.domain ?? ""),
  );
}

/** Field 20 is the kind (`AttributeType`), which readers go by. */
function attribute(name: string, value: OnnxAttribute): Buffer {
  const head = text(1, name);
  if ("float" in value) return message(head, float(2, value.float), int(20, 1));
  if ("int" in value) return message(head, int(3, value.int), int(20, 2));
  if ("string" in value) return message(head, text(4, value.string), int(20, 3));
  if ("tensor" in value) return message(head, bytesField(5, tensor(value.tensor)), int(20, 4));
  // Packed, which every reader of protobuf takes: trees have millions of them.
  if ("floats" in value) {
    const { buffer } = Float32Array.from(value.floats);
    return message(head, bytesField(7, Buffer.from(buffer)), int(20, 6));
  }
  if ("ints" in value) return message(head, bytesField(8, varints(value.ints)), int(20, 7));
  return message(head, strings(9, value.strings), int(20, 8));
}

function tensor(tensor: OnnxTensor): Buffer {
  const [type, width] = dataTypes[tensor.type];
  const length = tensor.dims.reduce((product, dim) => product * dim, width);
  const head = [...tensor.dims.map((dim) => int(1, dim)), int(2, type), text(8, tensor.name)];
  if ("external" in tensor) {
    const { location, offset = 0 } = tensor.external;
    return message(
      ...head,
      entry(13, "location", location),
      entry(13, "offset", String(offset)),
      entry(13, "length", String(length)),
      int(14, 1),
    );
  }
  const { buffer, byteOffset, byteLength } = tensor.data;
  if (byteLength !== length)
    throw new RangeError(
      `the initializer "${tensor.name}" has ${byteLength} bytes, ${tensor.type} [${tensor.dims}] takes ${length}`,
    );
  return message(...head, bytesField(9, Buffer.from(buffer, byteOffset, byteLength)));
}

function valueInfo({ name, type, shape }: OnnxValue): Buffer {
  const dims = shape.map((dim) => bytesField(1, typeof dim === "number" ? int(1, dim) : text(2, dim)));
  const elementType = type === "STRING" ? STRING_TYPE : dataTypes[type][0];
  const tensorType = message(int(1, elementType), bytesField(2, message(...dims)));
  return message(text(1, name), bytesField(2, bytesField(1, tensorType)));
}

/** `StringStringEntryProto`. */
function entry(field: number, key: string, value: string): Buffer {
  return bytesField(field, message(text(1, key), text(2, value)));
}

const message = (...fields: Buffer[]): Buffer => Buffer.concat(fields);

/** Negative numbers are written as protobuf's int64 wants them, in two's complement over ten bytes. */
function varint(value: number): Buffer {
  const bytes: number[] = [];
  let rest = BigInt.asUintN(64, BigInt(value));
  for (; rest > 127n; rest >>= 7n) bytes.push(Number(rest & 127n) | 128);
  bytes.push(Number(rest));
  return Buffer.from(bytes);
}

/** One after the other. */
function varints(values: ArrayLike<number>): Buffer {
  const bytes = Buffer.alloc(values.length * 10);
  let length = 0;
  for (let i = 0; i < values.length; i++) {
    const value = values[i] ?? 0;
    if (value < 0 || value > 0xffff_ffff) length += varint(value).copy(bytes, length);
    else {
      let rest = value;
      for (; rest > 127; rest >>>= 7) bytes[length++] = (rest & 127) | 128;
      bytes[length++] = rest;
    }
  }
  return Buffer.from(bytes.subarray(0, length));
}

/** A repeated field of texts, of which most are alike. */
function strings(field: number, values: readonly string[]): Buffer {
  const written = new Map<string, Buffer>();
  const fields = values.map((value) => {
    const known = written.get(value) ?? text(field, value);
    written.set(value, known);
    return known;
  });
  return Buffer.concat(fields);
}

const tag = (field: number, wireType: 0 | 2 | 5): Buffer => varint(field * 8 + wireType);
const int = (field: number, value: number): Buffer => message(tag(field, 0), varint(value));
const bytesField = (field: number, value: Buffer): Buffer =>
  message(tag(field, 2), varint(value.length), value);
const text = (field: number, value: string): Buffer => bytesField(field, Buffer.from(value));

function float(field: number, value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeFloatLE(value);
  return message(tag(field, 5), bytes);
}
