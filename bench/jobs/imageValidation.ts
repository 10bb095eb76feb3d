import assert from "node:assert/strict";
import fs from "node:fs";
import path from "node:path";
import { InferenceSession, Tensor } from "onnxruntime-node";
import sharp from "sharp";
import { httpEvent, loadHandler } from "../lib/handlerEvent";
import { type Jobs, serveJob, timed } from "../lib/jobs";

/** Jobs of `bench/suite/imageValidation.ts`, on the image of the file `IMAGE`. */

const MODEL = path.resolve(__dirname, "../../functions/image-validation/model/model.onnx");
const SIDE = 512;
const jpeg = () => fs.readFileSync(process.env.IMAGE ?? "");

const pixelsOf = (image: Buffer) =>
  sharp(image).resize(SIDE, SIDE, { fit: "fill", kernel: "linear" }).raw().toBuffer();

const jobs: Jobs = {
  async function() {
    const handler = loadHandler("image-validation");
    const event = httpEvent("image/jpeg", jpeg());
    assert.equal((await handler(event)).statusCode, 200);
    return timed(() => handler(event));
  },

  async bare() {
    const session = await InferenceSession.create(MODEL, { intraOpNumThreads: 1, logSeverityLevel: 3 });
    const image = jpeg();
    sharp.concurrency(1);
    const values = new Float32Array(SIDE * SIDE * 3);
    const input = new Tensor("float32", values, [1, SIDE, SIDE, 3]);
    return timed(async () => {
      values.set(await pixelsOf(image));
      await session.run({ "tower_0/images": input });
    });
  },

  async decode() {
    const image = jpeg();
    sharp.concurrency(1);
    return timed(() => pixelsOf(image));
  },
};

void serveJob(jobs);
