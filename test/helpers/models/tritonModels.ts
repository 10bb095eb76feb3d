import type { OnnxValue } from "../../../functions/shared/onnxProto";
import { echoModel } from "./echoModel";
import { sumAndDifferenceModel } from "./sumAndDifferenceModel";

const ECHOED: Readonly<Record<string, OnnxValue["type"]>> = {
  BOOL: "BOOL",
  INT8: "INT8",
  INT16: "INT16",
  INT32: "INT32",
  INT64: "INT64",
  UINT8: "UINT8",
  UINT16: "UINT16",
  UINT32: "UINT32",
  UINT64: "UINT64",
  FP16: "FLOAT16",
  FP32: "FLOAT",
  FP64: "DOUBLE",
  BYTES: "STRING",
};

/** Models that `tritonClient.py` calls, by their keys in the model bucket. */
export function tritonModels(): ReadonlyMap<string, Buffer> {
  return new Map([
    ...Object.entries(ECHOED).map(
      ([datatype, type]) => [`models/echo-${datatype}/1/model.onnx`, echoModel(type)] as const,
    ),
    ["models/pair/2/model.onnx", sumAndDifferenceModel()],
    ["models/pair/10/model.onnx", sumAndDifferenceModel()],
  ]);
}
