import { rewriteOutsideStrings } from "../jsonStrings";
import { BrokenModel } from "../modelStore/brokenModel";
import type { OnnxModel } from "../onnxProto";
import type { TreeFormat } from "./modelFormat";
import { readLightgbm } from "./readLightgbm";
import { readUbjson } from "./readUbjson";
import { readXgboost, type XgboostOptions } from "./readXgboost";
import { scoreModelToOnnx } from "./scoreModelToOnnx";

/**
 * Turns a model of XGBoost or LightGBM into ONNX.
 *
 * @param bytes         The whole file.
 * @throws BrokenModel  Damaged, or with something that is not supported, which is named.
 */
export function treesToOnnx(bytes: Uint8Array, format: TreeFormat, options: XgboostOptions = {}): OnnxModel {
  switch (format) {
    case "ubj":
      return scoreModelToOnnx(readXgboost(readUbjson(bytes), options));
    case "json":
      return scoreModelToOnnx(readXgboost(parseJson(bytes), options));
    case "txt":
      return scoreModelToOnnx(readLightgbm(textOf(bytes)));
  }
}

function textOf({ buffer, byteOffset, byteLength }: Uint8Array): string {
  return Buffer.from(buffer, byteOffset, byteLength).toString("utf8");
}

function parseJson(bytes: Uint8Array): unknown {
  const text = textOf(bytes);
  try {
    return JSON.parse(text);
  } catch (cause) {
    try {
      // XGBoost writes NaN and Infinity where a gain or a sum is one: nothing that is read here.
      return JSON.parse(rewriteOutsideStrings(text, (part) => part.replace(/-?\b(?:NaN|Infinity)\b/g, "0")));
    } catch {
      throw new BrokenModel(`The JSON file is damaged: ${(cause as Error).message}`, { cause });
    }
  }
}
