import { open, readFile } from "node:fs/promises";
import { BrokenModel } from "../modelStore/brokenModel";
import type { SpooledModel } from "../modelStore/spool";
import { encodeOnnxModel } from "../onnxProto";
import { HEAD_BYTES, modelFormat } from "./modelFormat";
import type { XgboostOptions } from "./readXgboost";
import { treesToOnnx } from "./treesToOnnx";

/** Reading XGBoost's JSON takes up to five times its size beside the session; loading may take twice `maxBytes`. */
const SHARE_OF_MEMORY = 3;

/**
 * Turns a model into ONNX where it is one of XGBoost or LightGBM; ONNX itself stays as it is. What it is decides its
 * content, not its name.
 *
 * @param maxBytes      Of memory the model may take.
 * @throws BrokenModel  Of a format that cannot be read here, damaged, too large, or with what is not supported.
 */
export async function asOnnx(
  spooled: SpooledModel,
  maxBytes: number,
  options: XgboostOptions = {},
): Promise<SpooledModel> {
  const { model } = spooled;
  const format = modelFormat(typeof model === "string" ? await readHead(model) : model);
  if (format === "onnx") return spooled;
  if (typeof format === "object") throw new BrokenModel(format.refused);
  const most = Math.floor(maxBytes / SHARE_OF_MEMORY);
  if (spooled.bytes > most) {
    throw new BrokenModel(
      `The model has ${spooled.bytes} bytes; of XGBoost's and LightGBM's own files ${most} are the most here: give the function more memory, or convert the model to ONNX`,
    );
  }
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
