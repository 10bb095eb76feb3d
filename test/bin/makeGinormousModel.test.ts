import assert from "node:assert/strict";
import { mkdir, mkdtemp, readdir, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { InferenceSession, Tensor } from "onnxruntime-node";
import { makeGinormousModel } from "../../bin/makeGinormousModel";

const weight = (row: number, column: number) => (((row + column) % 251) - 125) / 128;

describe("makeGinormousModel", () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(path.join(tmpdir(), "paddock-ginormous-"));
  });
  afterEach(() => rm(folder, { recursive: true }));

  it("makes a model served by path whose responses are known exactly", async () => {
    const [inputs, outputs] = [600, 300];
    await makeGinormousModel(folder, { inputs, outputs });
    const session = await InferenceSession.create(path.join(folder, "model.onnx"), {
      extra: { session: { disable_prepacking: "1" } },
    });
    const x = Float32Array.from({ length: inputs }, (_, row) => row % 7);
    const { y } = await session.run({ x: new Tensor("float32", x, [1, inputs]) });
    const expected = Float32Array.from({ length: outputs }, (_, column) =>
      x.reduce((sum, value, row) => sum + value * weight(row, column), 0),
    );
    assert.deepEqual(y?.dims, [1, outputs]);
    assert.deepEqual(y?.data, expected);
    await session.release();
  });

  it("puts the weights, and nothing but the weights, into weights.bin", async () => {
    await makeGinormousModel(folder, { inputs: 70, outputs: 30 });
    assert.deepEqual((await readdir(folder)).sort(), ["model.onnx", "weights.bin"]);
    assert.equal((await stat(path.join(folder, "weights.bin"))).size, 70 * 30 * 4);
    assert.ok((await stat(path.join(folder, "model.onnx"))).size < 300);
  });

  it("leaves nothing half made when it fails", async () => {
    await makeGinormousModel(folder, { inputs: 2, outputs: 2 });
    await rm(path.join(folder, "weights.bin"));
    await mkdir(path.join(folder, "weights.bin"));
    await assert.rejects(makeGinormousModel(folder, { inputs: 2, outputs: 2 }), { code: "EISDIR" });
    assert.deepEqual(await readdir(folder), ["weights.bin"]);
  });
});
