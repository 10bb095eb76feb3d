import { encodeOnnxModel } from "../../../functions/shared/onnxProto";

/**
 * ONNX that multiplies: `x` float32 [N] in, `y` float32 [N] out.
 *
 * @param padding  Bytes of weights that it does not use, for a model of a certain size.
 */
export function scaleModel(factor: number, padding = 0): Buffer {
  return encodeOnnxModel({
    name: "scale",
    nodes: [{ op: "Mul", inputs: ["x", "factor"], outputs: ["y"] }],
    inputs: [{ name: "x", type: "FLOAT", shape: ["N"] }],
    outputs: [{ name: "y", type: "FLOAT", shape: ["N"] }],
    initializers: [
      { name: "factor", type: "FLOAT", dims: [], data: Float32Array.of(factor) },
      ...(padding > 0
        ? [{ name: "padding", type: "UINT8", dims: [padding], data: new Uint8Array(padding) } as const]
        : []),
    ],
  });
}
