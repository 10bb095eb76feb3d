import fs from "node:fs";
import path from "node:path";
import sharp from "sharp";
import { versionFolder, writeManifest } from "../../functions/shared/volume/volumeManifest";
import type { Benchmark } from "../lib/benchmark";
import { startJob } from "../lib/jobs";

const ROOT = path.resolve(__dirname, "../..");
const PHOTOGRAPH = path.join(ROOT, "test/fixtures/images/coffee.webp");
const MODEL = path.join(ROOT, "functions/image-validation/model/model.onnx");
const REQUESTS = 10;

export const benchmark: Benchmark = {
  name: "imageValidation",
  title: "One image validated",
  about: `A warm request with a JPEG of 1024 × 768 pixels (a photograph, quality 85) to the handler of \`image-validation\`,
from the event of a function URL to its result, with the model on a volume. Beside it, with nothing around them:
sharp's decoding and resizing of the same bytes to 512 × 512, and a run of the same model by ONNX Runtime. All have one
thread, which is what Lambda gives to 1,024 MB.`,
  unit: "ms",
  rounds: 15,
  async variants({ folder }) {
    const image = path.join(folder, "photograph.jpg");
    await sharp(PHOTOGRAPH).resize(1024, 768, { fit: "fill" }).jpeg({ quality: 85 }).toFile(image);
    const volume = path.join(folder, "image-validation");
    fs.cpSync(MODEL, path.join(versionFolder(volume, "1"), "model.onnx"));
    await writeManifest(volume, { version: "1", files: [], retired: {} });
    const environment = {
      IMAGE: image,
      MODEL_VOLUME: folder,
      MODEL_PATH: "image-validation/model.onnx",
      UPLOAD_BUCKET: "uploads",
      METRICS_NAMESPACE: "paddock",
      LAMBDA_TASK_ROOT: path.join(ROOT, "functions/image-validation"),
    };
    const variant = (name: string, job: string) => ({
      name,
      start: () => startJob({ file: "imageValidation", job, environment }, REQUESTS),
    });
    return [
      variant("image-validation", "function"),
      variant("sharp and ONNX Runtime", "bare"),
      variant("sharp only", "decode"),
    ];
  },
  goals: [{ variant: "image-validation", against: "sharp and ONNX Runtime", atMost: 1.1 }],
};
