/** What a model's file says of itself that ONNX Runtime does not tell, or only by failing. */
export interface OnnxFacts {
  readonly irVersion: number;
  /** Of ONNX's own operators. */
  readonly opset: number;
  readonly inputs: ReadonlyMap<string, OnnxValueFacts>;
  readonly outputs: ReadonlyMap<string, OnnxValueFacts>;
  /** Names of the files that hold weights, as the model says them. */
  readonly externalFiles: readonly string[];
  /** Nodes of the graph, with those of its own functions in place of each call. */
  readonly nodes: number;
}

/** An input or output as it is declared. */
export interface OnnxValueFacts {
  readonly kind:
    | "tensor"
    | "sequence"
    | "map"
    | "sequence of maps"
    | "optional"
    | "sparse tensor"
    | "unknown";
  /** `TensorProto.DataType`; 0 for what is no tensor. */
  readonly elementType: number;
  /** Without one, any shape goes. A scalar has one, with no dimension. */
  readonly hasShape: boolean;
}
