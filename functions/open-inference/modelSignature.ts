import type { InferenceSession } from "onnxruntime-node";
import { ServiceUnavailable } from "../shared/errors";
import { type DataType, dataTypeOf } from "./dataTypes";

/** A tensor that a model takes or gives. */
export interface TensorSignature {
  readonly name: string;
  readonly datatype: DataType;
  /** -1 for an axis of any size. */
  readonly shape: readonly number[];
}

/** What a model takes and gives, in the protocol's words. */
export interface ModelSignature {
  readonly inputs: readonly TensorSignature[];
  readonly outputs: readonly TensorSignature[];
}

/**
 * Reads a model's signature.
 *
 * @throws ServiceUnavailable  Where an input or output is no tensor of the protocol's types: scikit-learn's ZipMap gives a sequence
 *   of maps, say.
 */
export function modelSignature(session: InferenceSession): ModelSignature {
  return { inputs: session.inputMetadata.map(describe), outputs: session.outputMetadata.map(describe) };
}

function describe(value: InferenceSession.ValueMetadata): TensorSignature {
  const datatype = value.isTensor ? dataTypeOf(value.type) : undefined;
  if (!value.isTensor || datatype === undefined) {
    throw new ServiceUnavailable(
      `"${value.name}" is not a tensor that the Open Inference Protocol knows; scikit-learn models are converted with \`zipmap=False\``,
    );
  }
  return {
    name: value.name,
    datatype,
    shape: value.shape.map((size) => (typeof size === "number" && size >= 0 ? size : -1)),
  };
}
