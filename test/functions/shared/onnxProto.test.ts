import assert from "node:assert/strict";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { InferenceSession, Tensor } from "onnxruntime-node";
import { encodeOnnxModel, type OnnxModel } from "../../../functions/shared/onnxProto";

/** Two scores from three features: y = x · W + b, each then through a logistic. */
const linear: OnnxModel = {
  name: "linear",
  nodes: [
    { op: "MatMul", inputs: ["x", "W"], outputs: ["scores"] },
    { op: "Add", inputs: ["scores", "b"], outputs: ["biased"] },
    { op: "Sigmoid", inputs: ["biased"], outputs: ["y"] },
  ],
  inputs: [{ name: "x", type: "FLOAT", shape: ["batch", 3] }],
  outputs: [{ name: "y", type: "FLOAT", shape: ["batch", 2] }],
  initializers: [
    { name: "W", type: "FLOAT", dims: [3, 2], data: Float32Array.of(1, 2, 3, 4, 5, 6) },
    { name: "b", type: "FLOAT", dims: [2], data: Float32Array.of(-1, -2) },
  ],
};

describe("encodeOnnxModel", () => {
  it("writes a model that onnxruntime runs with any batch size", async () => {
    const session = await InferenceSession.create(encodeOnnxModel(linear));
    const { y } = await session.run({ x: new Tensor("float32", [0, 0, 0, 1, 0, -0.2], [2, 3]) });
    assert.deepEqual(y?.dims, [2, 2]);
    const expected = [-1, -2, -1, -1.2].map((score) => Math.fround(1 / (1 + Math.exp(-score))));
    assert.deepEqual(
      Array.from(y?.data as Float32Array, (value) => value.toFixed(6)),
      expected.map((value) => value.toFixed(6)),
    );
    await session.release();
  });

  it("declares inputs and outputs with their types and shapes, named dimensions included", async () => {
    const session = await InferenceSession.create(encodeOnnxModel(linear));
    assert.deepEqual(session.inputMetadata, [
      { name: "x", isTensor: true, type: "float32", shape: ["batch", 3] },
    ]);
    assert.deepEqual(session.outputMetadata, [
      { name: "y", isTensor: true, type: "float32", shape: ["batch", 2] },
    ]);
    await session.release();
  });

  it("reads a typed array that is a window on a larger buffer", async () => {
    const window = Float32Array.of(9, 9, -1, -2).subarray(2);
    const [weights] = linear.initializers ?? [];
    assert.ok(weights);
    const model = {
      ...linear,
      initializers: [weights, { name: "b", type: "FLOAT", dims: [2], data: window } as const],
    };
    assert.deepEqual(encodeOnnxModel(model), encodeOnnxModel(linear));
  });

  it("finds initializers in a file beside the model, each at its offset", async () => {
    const folder = await mkdtemp(path.join(tmpdir(), "paddock-onnx-"));
    try {
      const external = { location: "weights.bin" };
      const model = encodeOnnxModel({
        ...linear,
        initializers: [
          { name: "W", type: "FLOAT", dims: [3, 2], external },
          { name: "b", type: "FLOAT", dims: [2], external: { ...external, offset: 24 } },
        ],
      });
      await writeFile(path.join(folder, "model.onnx"), model);
      await writeFile(
        path.join(folder, "weights.bin"),
        Buffer.from(Float32Array.of(1, 2, 3, 4, 5, 6, -1, -2).buffer),
      );
      const session = await InferenceSession.create(path.join(folder, "model.onnx"));
      const inline = await InferenceSession.create(encodeOnnxModel(linear));
      const x = new Tensor("float32", [0.1, 0.2, -0.3], [1, 3]);
      assert.deepEqual((await session.run({ x })).y?.data, (await inline.run({ x })).y?.data);
      await session.release();
      await inline.release();
    } finally {
      await rm(folder, { recursive: true });
    }
  });

  it("writes every kind of attribute, negative ints and default domains included", async () => {
    const constant = (name: string, value: Record<string, unknown>) => ({
      op: "Constant",
      inputs: [],
      outputs: [name],
      attributes: value as NonNullable<OnnxModel["nodes"][number]["attributes"]>,
    });
    const model: OnnxModel = {
      name: "attributes",
      nodes: [
        constant("int", { value_int: { int: -7 } }),
        constant("ints", { value_ints: { ints: [-1, 2 ** 40] } }),
        constant("float", { value_float: { float: -0.5 } }),
        constant("floats", { value_floats: { floats: [0.25, 1e9] } }),
        constant("string", { value_string: { string: "hü" } }),
        constant("strings", { value_strings: { strings: ["a", ""] } }),
        constant("tensor", {
          value: { tensor: { name: "t", type: "INT64", dims: [1], data: BigInt64Array.of(-3n) } },
        }),
      ],
      inputs: [],
      outputs: [
        { name: "int", type: "INT64", shape: [] },
        { name: "ints", type: "INT64", shape: [2] },
        { name: "float", type: "FLOAT", shape: [] },
        { name: "floats", type: "FLOAT", shape: [2] },
        { name: "string", type: "STRING", shape: [] },
        { name: "strings", type: "STRING", shape: [2] },
        { name: "tensor", type: "INT64", shape: [1] },
      ],
    };
    const session = await InferenceSession.create(encodeOnnxModel(model));
    const outputs = await session.run({});
    assert.deepEqual(
      Object.fromEntries(
        Object.entries(outputs).map(([name, { data }]) => [name, Array.from(data as never)]),
      ),
      {
        int: [-7n],
        ints: [-1n, 2n ** 40n],
        float: [-0.5],
        floats: [0.25, 1e9],
        string: ["hü"],
        strings: ["a", ""],
        tensor: [-3n],
      },
    );
    await session.release();
  });

  it("rejects data that do not fill the dimensions, by name", () => {
    assert.throws(
      () =>
        encodeOnnxModel({
          ...linear,
          initializers: [{ name: "b", type: "FLOAT", dims: [3], data: Float32Array.of(1, 2) }],
        }),
      new RangeError('the initializer "b" has 8 bytes, FLOAT [3] takes 12'),
    );
  });
});
