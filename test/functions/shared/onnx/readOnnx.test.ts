import assert from "node:assert/strict";
import fs from "node:fs";
import path from "node:path";
import fc from "fast-check";
import { readOnnx } from "../../../../functions/shared/onnx/readOnnx";
import { encodeOnnxModel } from "../../../../functions/shared/onnxProto";
import { scaleModel } from "../../../helpers/models/scaleModel";
import { temporaryFolder } from "../../../helpers/process/temporaryFolder";

const FIXTURES = path.resolve(__dirname, "../../../fixtures/onnx");
const read = (name: string) => readOnnx(fs.readFileSync(path.join(FIXTURES, `${name}.onnx`)));

/** A protobuf field of bytes. */
const field = (number: number, ...parts: Uint8Array[]): Buffer => {
  const content = Buffer.concat(parts);
  const length: number[] = [];
  for (let rest = content.length; ; rest >>= 7) {
    length.push(rest > 127 ? (rest & 127) | 128 : rest);
    if (rest <= 127) break;
  }
  return Buffer.concat([
    Buffer.from([((number * 8 + 2) & 127) | (number > 15 ? 128 : 0)]),
    number > 15 ? Buffer.from([(number * 8 + 2) >> 7]) : Buffer.alloc(0),
    Buffer.from(length),
    content,
  ]);
};
const text = Buffer.from;
/** A tensor whose elements lie in another file. */
const external = (location: string) => field(13, field(1, text("location")), field(2, text(location)));

describe("readOnnx", () => {
  it("reads versions, inputs and outputs, and that there are no functions", () => {
    const { inputs, outputs, ...facts } = read("zipmap");
    assert.deepEqual(facts, {
      irVersion: 8,
      opset: 17,
      opsets: new Map([
        ["ai.onnx", 17],
        ["ai.onnx.ml", 3],
      ]),
      externalFiles: [],
      calledNodes: 0,
    });
    assert.deepEqual([...inputs], [["x", { kind: "tensor", elementType: 1, hasShape: true }]]);
    assert.deepEqual(
      [...outputs],
      [
        ["label", { kind: "tensor", elementType: 7, hasShape: true }],
        ["probabilities", { kind: "sequence of maps", elementType: 0, hasShape: false }],
      ],
    );
  });

  it("finds weights in other files wherever a tensor may be", () => {
    const tensor = (location: string) => external(location);
    const attribute = (number: number, content: Buffer) => field(5, field(number, content));
    const node = (content: Buffer) => field(1, content);
    const sparse = (location: string) => field(1, tensor(location));
    const subgraph = (location: string) => field(5, tensor(location));
    const places: Record<string, Buffer> = {
      initializer: field(7, field(5, tensor("here"))),
      "sparse initializer": field(7, field(15, sparse("here"))),
      "tensor of an attribute": field(7, node(attribute(5, tensor("here")))),
      "tensors of an attribute": field(7, node(attribute(10, tensor("here")))),
      "sparse tensor of an attribute": field(7, node(attribute(22, sparse("here")))),
      subgraph: field(7, node(attribute(6, subgraph("here")))),
      "one of several subgraphs": field(7, node(attribute(11, subgraph("here")))),
      "function of the model": field(25, field(7, attribute(5, tensor("here")))),
      "default of a function's attribute": field(25, field(11, field(5, tensor("here")))),
      "training graph": field(20, field(2, field(5, tensor("here")))),
      "graph that is continued": Buffer.concat([field(7), field(7, field(5, tensor("here")))]),
    };
    for (const [place, bytes] of Object.entries(places)) {
      assert.deepEqual(readOnnx(bytes).externalFiles, ["here"], place);
    }
  });

  it("counts the nodes that calls of functions come to, without taking their time", () => {
    assert.equal(read("exponential").calledNodes, 2 ** 31 - 2);
  });

  it("reads the same from a file as from memory, without its weights", () => {
    const file = path.join(temporaryFolder(), "model.onnx");
    const model = encodeOnnxModel({
      name: "large",
      nodes: [{ op: "Identity", inputs: ["x"], outputs: ["y"] }],
      inputs: [{ name: "x", type: "FLOAT", shape: [2] }],
      outputs: [{ name: "y", type: "FLOAT", shape: [2] }],
      initializers: [
        { name: "a", type: "UINT8", dims: [3_000_000], data: new Uint8Array(3_000_000) },
        { name: "b", type: "UINT8", dims: [1], external: { location: "weights.bin" } },
      ],
    });
    fs.writeFileSync(file, model);
    assert.deepEqual(readOnnx(file), readOnnx(model));
    assert.deepEqual(readOnnx(file).externalFiles, ["weights.bin"]);
  });

  it("rejects graphs that lie in each other deeper than protobuf's own readers go", () => {
    let graph = field(1, field(4, text("If")));
    for (let i = 0; i < 60; i++) graph = field(1, field(5, field(6, graph)));
    assert.throws(() => readOnnx(field(7, graph)), { name: "BrokenModel", message: /more than 100 deep/ });
  });

  it("rejects or reads any bytes, and never throws anything else", () => {
    const model = scaleModel(2);
    const mutated = fc
      .tuple(fc.nat(model.length - 1), fc.nat(255), fc.nat(model.length))
      .map(([at, byte, length]) => {
        const bytes = Buffer.from(model.subarray(0, length));
        if (at < length) bytes[at] = byte;
        return bytes;
      });
    fc.assert(
      fc.property(fc.oneof(fc.uint8Array({ maxLength: 200 }), mutated), (bytes) => {
        try {
          readOnnx(bytes);
        } catch (error) {
          assert.equal((error as Error).name, "BrokenModel");
        }
      }),
      { numRuns: 2_000 },
    );
  });
});
