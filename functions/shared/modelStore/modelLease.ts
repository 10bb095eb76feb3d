import type { InferenceSession } from "onnxruntime-node";
import type { OnnxFacts } from "../onnx/onnxFacts";

/** A loaded model. */
export interface ModelInUse {
  readonly session: InferenceSession;
  /** Of the model that answers: an older one where its replacement is broken. */
  readonly version: string;
  /** Reads what the model's file says of itself. */
  facts(): OnnxFacts;
}

/** A model that will not be dropped before it is given back. */
export interface ModelLease extends ModelInUse {
  /** ms that loading it took for this very request; `undefined` where it was there. */
  readonly loadMs: number | undefined;
  /** Gives the model back; a second call does nothing. */
  release(): void;
}
