import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import path from "node:path";
import fc from "fast-check";
import type { InferenceSession } from "onnxruntime-node";
import { createSession } from "../../../functions/shared/session";
import { predict, type Scene } from "../../../functions/smoke-segmentation/predict";
import { readArray } from "../../helpers/models/readArray";

const FOLDER = path.resolve(__dirname, "../../../functions/smoke-segmentation");
const TOLERANCE = 1e-3;

/** A scene of noise in patches, which leaves no part of the model idle. */
function noise(height: number, width: number, seed: number): Scene {
  let state = seed >>> 0;
  const next = () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
  const patches = Array.from({ length: 64 }, () => Array.from({ length: 6 }, () => next() * 0.7));
  const values = new Float32Array(height * width * 6);
  for (let at = 0; at < values.length; at++) {
    const pixel = Math.floor(at / 6);
    const patch = ((Math.floor(pixel / width) >> 4) * 7 + ((pixel % width) >> 4)) % 64;
    values[at] = (patches[patch]?.[at % 6] ?? 0) + next() * 0.2;
  }
  return { values, height, width };
}

function largestDifference(a: Float32Array, b: Float32Array): number {
  assert.equal(a.length, b.length);
  return a.reduce((most, value, i) => Math.max(most, Math.abs(value - (b[i] as number))), 0);
}

describe("predict", () => {
  let session: InferenceSession;
  before(async () => {
    session = await createSession(path.join(FOLDER, "model/model.onnx"));
  });

  it("gives the whole scene's answer tile by tile, whatever its size", async () => {
    const sizes = fc.record({
      height: fc.integer({ min: 32, max: 260 }),
      width: fc.integer({ min: 32, max: 260 }),
      window: fc.constantFrom(52, 64, 96, 160),
      seed: fc.nat(),
    });
    await fc.assert(
      fc.asyncProperty(sizes, async ({ height, width, window, seed }) => {
        const scene = noise(height, width, seed);
        const [whole, tiled] = [await predict(session, scene, 512), await predict(session, scene, window)];
        const difference = largestDifference(whole, tiled);
        assert.ok(difference <= TOLERANCE, `${height} x ${width} in windows of ${window}: ${difference}`);
      }),
      { numRuns: 25 },
    );
  });

  it("gives a scene over the size of a tile the whole scene's answer", async () => {
    const scene = noise(1100, 601, 7);
    const difference = largestDifference(await predict(session, scene), await predict(session, scene, 2048));
    assert.ok(difference <= TOLERANCE, String(difference));
  });

  it("answers for more than one value", async () => {
    const smoke = await predict(session, noise(128, 128, 3));
    assert.ok(Math.max(...smoke) - Math.min(...smoke) > 0.1);
  });

  it("finds the smoke of the sample scene where it is", async () => {
    const [{ values, shape }, { values: mask }] = [sample("smoke.npy"), sample("smoke.mask.npy")];
    const [height, width] = shape as [number, number];
    const smoke = await predict(session, { values, height, width });
    const found = smoke.map((probability) => (probability >= 0.5 ? 1 : 0));
    const both = found.filter((pixel, i) => pixel === 1 && mask[i] === 1).length;
    const either = found.filter((pixel, i) => pixel === 1 || mask[i] === 1).length;
    assert.ok(both / either > 0.9, `IoU ${both / either}`);
  });

  it("rejects values that are too large for its arithmetic rather than answer NaN", async () => {
    const nan = {
      run: async () => ({ smoke: { data: new Float32Array(32 * 32).fill(Number.NaN) } }),
    } as unknown as InferenceSession;
    await assert.rejects(predict(nan, noise(32, 32, 1)), {
      status: 400,
      message: "The model has no answer for values this large; reflectance is from 0 to 1",
    });
  });

  const sample = (name: string) => readArray(readFileSync(path.join(FOLDER, "samples", name)));
});
