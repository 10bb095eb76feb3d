import { encodeOnnxModel } from "../../../functions/shared/onnxProto";

/** ONNX with two inputs, `a` and `b`, and two outputs, `sum` and `difference`; all float32 [batch, 2]. */
export function sumAndDifferenceModel(): Buffer {
  const value = (name: string) => ({ name, type: "FLOAT", shape: ["batch", 2] }) as const;
  return encodeOnnxModel({
    name: "pair",
    inputs: [value("a"), value("b")],
    outputs: [value("sum"), value("difference")],
    nodes: [
      { op: "Add", inputs: ["a", "b"], outputs: ["sum"] },
      { op: "Sub", inputs: ["a", "b"], outputs: ["difference"] },
    ],
  });
}
