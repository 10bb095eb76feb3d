/** Layouts of an array in MXNet's NDArray list file, from the oldest on. */
export type NdArrayLayout = "oldest" | "V1" | "V2" | "V3";

const MAGIC = { V1: 0xf993fac8, V2: 0xf993fac9, V3: 0xf993faca };

/** Numbers of the element types, and how one is written. */
const TYPES = {
  float32: [0, 4, (bytes: Buffer, value: number, at: number) => bytes.writeFloatLE(value, at)],
  float64: [1, 8, (bytes: Buffer, value: number, at: number) => bytes.writeDoubleLE(value, at)],
  int32: [4, 4, (bytes: Buffer, value: number, at: number) => bytes.writeInt32LE(value, at)],
} as const;

export interface WrittenArray {
  readonly shape: readonly number[];
  readonly data: ArrayLike<number>;
}

/** A params file as `test/fixtures/linear-learner/README.md` describes it, to hold the reader against. */
export function writeNdArrays(
  arrays: Readonly<Record<string, WrittenArray>>,
  { layout = "V2", type = "float32" }: { layout?: NdArrayLayout; type?: keyof typeof TYPES } = {},
): Buffer {
  const [typeNumber, width, write] = TYPES[type];
  const body = Object.values(arrays).map(({ shape, data }) => {
    const elements = Buffer.alloc(data.length * width);
    for (let i = 0; i < data.length; i++) write(elements, Number(data[i]), i * width);
    return Buffer.concat([
      ...(layout === "oldest" ? [] : [uint32(MAGIC[layout])]),
      ...(layout === "V2" || layout === "V3" ? [uint32(0)] : []),
      uint32(shape.length),
      ...shape.map(layout === "oldest" ? uint32 : uint64),
      uint32(1),
      uint32(0),
      uint32(typeNumber),
      elements,
    ]);
  });
  const names = Object.keys(arrays).map((name) => Buffer.concat([uint64(name.length), Buffer.from(name)]));
  return Buffer.concat([
    uint64(0x112),
    uint64(0),
    uint64(body.length),
    ...body,
    uint64(names.length),
    ...names,
  ]);
}

function uint32(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(value);
  return bytes;
}

function uint64(value: number): Buffer {
  const bytes = Buffer.alloc(8);
  bytes.writeBigUInt64LE(BigInt(value));
  return bytes;
}
