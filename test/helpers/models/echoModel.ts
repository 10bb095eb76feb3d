import { encodeOnnxModel, type OnnxValue } from "../../../functions/shared/onnxProto";

/** ONNX that gives back what it takes: `x` [batch, 2] in, `y` [batch, 2] out. */
export function echoModel(type: OnnxValue["type"]): Buffer {
  return encodeOnnxModel({
    name: "echo",
    inputs: [{ name: "x", type, shape: ["batch", 2] }],
    outputs: [{ name: "y", type, shape: ["batch", 2] }],
    nodes: [{ op: "Identity", inputs: ["x"], outputs: ["y"] }],
  });
}
