import type { InferenceSession, Tensor } from "onnxruntime-common";

export type Tensors = Readonly<Record<string, Tensor>>;

/** What answers: a session of ONNX Runtime, or the evaluator in its form. */
export interface Model {
  readonly inputNames: readonly string[];
  readonly outputNames: readonly string[];
  readonly inputMetadata: readonly InferenceSession.ValueMetadata[];
  readonly outputMetadata: readonly InferenceSession.ValueMetadata[];
  /** Computes every output. */
  run(feeds: Tensors): Promise<Tensors>;
  /** Computes the outputs of these names. */
  run(feeds: Tensors, fetches: readonly string[]): Promise<Tensors>;
  release(): Promise<void>;
}
