/** Facts that a model's file declares and ONNX Runtime does not report, or only by failing. */
export interface OnnxFacts {
  readonly irVersion: number;
  /** The version of ONNX's own operator set. */
  readonly opset: number;
  /** Versions of all operator sets by domain; that of ONNX's own is `ai.onnx`. */
  readonly opsets: ReadonlyMap<string, number>;
  readonly inputs: ReadonlyMap<string, OnnxValueFacts>;
  readonly outputs: ReadonlyMap<string, OnnxValueFacts>;
  /** Names of the files with weights, as the model declares them. */
  readonly externalFiles: readonly string[];
  /** Nodes that the model's own functions come to when they replace their calls. */
  readonly calledNodes: number;
}

/** A declared input or output. */
export interface OnnxValueFacts {
  readonly kind:
    | "tensor"
    | "sequence"
    | "map"
    | "sequence of maps"
    | "optional"
    | "sparse tensor"
    | "unknown";
  /** `TensorProto.DataType`; 0 for anything but a tensor. */
  readonly elementType: number;
  /** Without a shape, any shape fits. A scalar has a shape without dimensions. */
  readonly hasShape: boolean;
}
