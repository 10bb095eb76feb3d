import assert from "node:assert/strict";
import fs from "node:fs";
import path from "node:path";
import { setImmediate } from "node:timers/promises";
import { InferenceSession, Tensor } from "onnxruntime-node";
import { readNpy } from "../../functions/shared/npy/readNpy";
import { objectStore } from "../../functions/shared/objectStore";
import { deliver } from "../../functions/smoke-segmentation/deliver";
import { predict } from "../../functions/smoke-segmentation/predict";
import { readScene } from "../../functions/smoke-segmentation/readScene";
import { segment } from "../../functions/smoke-segmentation/segment";
import { httpEvent, loadHandler } from "../lib/handlerEvent";
import { type Jobs, serveJob, timed } from "../lib/jobs";

/** Jobs of `bench/suite/smokeScenes.ts`, on the scene of the file `SCENE`, which the bucket has as `scene.npy`. */

const MODEL = path.resolve(__dirname, "../../functions/smoke-segmentation/model/model.onnx");
const { SCENE = "", UPLOAD_BUCKET: bucket = "" } = process.env;
const KEY = "scene.npy";

const scene = () => readNpy(fs.createReadStream(SCENE), fs.statSync(SCENE).size);

/** Stands in for the model: keeps its inputs, and gives them back a probability. */
function idleSession(inputs: Tensor[] = []): InferenceSession {
  const smoke: Record<string, unknown> = {};
  return {
    outputNames: ["smoke"],
    async run({ scene }: { readonly scene: Tensor }) {
      inputs.push(scene);
      const [, height = 0, width = 0] = scene.dims;
      smoke.data ??= new Float32Array(height * width).fill(0.5);
      return { smoke };
    },
  } as unknown as InferenceSession;
}

const jobs: Jobs = {
  async function() {
    const handler = loadHandler("smoke-segmentation");
    const event = httpEvent("application/json", JSON.stringify({ bucket, file_name: KEY }));
    assert.equal((await handler(event)).statusCode, 200);
    return timed(() => handler(event));
  },

  async bare() {
    const session = await InferenceSession.create(MODEL, {
      intraOpNumThreads: 2,
      logSeverityLevel: 3,
      extra: { session: { intra_op: { allow_spinning: "0" } } },
    });
    const tiles: Tensor[] = [];
    const copies = idleSession();
    copies.run = async (feeds) => {
      const tile = feeds.scene as Tensor;
      tiles.push(new Tensor("float32", Float32Array.from(tile.data as Float32Array), tile.dims));
      return { smoke: new Tensor("float32", new Float32Array(tile.size / 6), tile.dims.slice(0, 3)) };
    };
    const array = await scene();
    const [height = 0, width = 0] = array.shape;
    await predict(copies, { ...readScene(array), height, width });
    const all = async () => {
      for (const tile of tiles) await session.run({ scene: tile });
    };
    await all();
    return timed(all);
  },

  async transfer() {
    const store = objectStore(bucket);
    const result = new Uint8Array(4 * 2048 * 2048);
    const both = async () => {
      const object = await store.get(KEY);
      for await (const _chunk of object?.body ?? []);
      await store.put("predictions/transfer.npy", result);
    };
    await both();
    return timed(both);
  },

  async values() {
    const array = await scene();
    const idle = idleSession();
    const store = { ...objectStore(bucket), put: async () => {} };
    return timed(async () => {
      await setImmediate();
      const smoke = await segment(idle, array, { nodata: undefined, remainingMs: () => Infinity });
      await deliver(smoke, {}, store, "values");
    });
  },
};

void serveJob(jobs);
