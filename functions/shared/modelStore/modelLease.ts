import type { InferenceSession } from "onnxruntime-node";
import type { OnnxFacts } from "../onnx/onnxFacts";

/** A loaded model. */
export interface ModelInUse {
  readonly session: InferenceSession;
  /** Version of the loaded model: an older one if its replacement is broken. */
  readonly version: string;
  /** Reads what the model's file says of itself. */
  facts(): OnnxFacts;
}

/** A model that is not dropped until it is released. */
export interface ModelLease extends ModelInUse {
  /** Time that loading it took for this request, in ms; `undefined` if it was in memory. */
  readonly loadMs: number | undefined;
  /** Releases the model; a second call does nothing. */
  release(): void;
}
