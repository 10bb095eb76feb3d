import { open, readFile } from "node:fs/promises";
import { BrokenModel } from "../modelStore/brokenModel";
import { conversion } from "../modelStore/lazyConversion";
import type { SpooledModel } from "../modelStore/spool";
import { HEAD_BYTES, modelFormat } from "./modelFormat";
import type { XgboostOptions } from "./readXgboost";

/**
 * Reading XGBoost's JSON takes up to five times its size in addition to the session; loading may take twice `maxBytes`.
 */
const SHARE_OF_MEMORY = 3;

/**
 * Converts a model of XGBoost or LightGBM to ONNX; ONNX itself stays as it is. The content decides, not the name.
 *
 * @param maxBytes  Memory that the model may take.
 * @throws BrokenModel  The format cannot be read here, or the model is damaged, too large, or uses something
 *   unsupported.
 */
export async function asOnnx(
  spooled: SpooledModel,
  maxBytes: number,
  options: XgboostOptions = {},
): Promise<SpooledModel> {
  const { model } = spooled;
  const format = modelFormat(typeof model === "string" ? await readHead(model) : model);
  if (format === "onnx") return spooled;
  if (typeof format === "object") throw new BrokenModel(format.rejected);
  const most = Math.floor(maxBytes / SHARE_OF_MEMORY);
  if (spooled.bytes > most) {
    throw new BrokenModel(
      `The model has ${spooled.bytes} bytes; of XGBoost's and LightGBM's own files ${most} are the most here: give the function more memory, or convert the model to ONNX`,
    );
  }
  const { encodeOnnxModel, treesToOnnx } = conversion();
  const onnx = encodeOnnxModel(
    treesToOnnx(typeof model === "string" ? await readFile(model) : model, format, options),
  );
  return { model: onnx, bytes: onnx.length, dispose: spooled.dispose };
}

async function readHead(path: string): Promise<Uint8Array> {
  const file = await open(path);
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(HEAD_BYTES), 0, HEAD_BYTES, 0);
    return buffer.subarray(0, bytesRead);
  } finally {
    await file.close();
  }
}
