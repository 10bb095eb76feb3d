import type { InferenceSession } from "onnxruntime-node";
import type { DataType } from "../shared/dataType";
import { BrokenModel } from "../shared/modelStore/brokenModel";
import type { OnnxFacts, OnnxValueFacts } from "../shared/onnx/onnxFacts";
import { shown } from "../shared/shown";
import { dataTypeOf } from "./dataTypes";

/** A tensor that a model takes or returns. */
export interface TensorSignature {
  readonly name: string;
  readonly datatype: DataType;
  /** Sizes of the axes, -1 for any size; `undefined` if the model declares no shape and so takes any. */
  readonly shape: readonly number[] | undefined;
}

/** A model's inputs and outputs, in the protocol's terms. */
export interface ModelSignature {
  readonly inputs: readonly TensorSignature[];
  readonly outputs: readonly TensorSignature[];
}

/** Values that no client can send or read: what they are, and what to do about them. */
const NO_TENSORS: Readonly<Record<Exclude<OnnxValueFacts["kind"], "tensor">, string>> = {
  "sequence of maps":
    "a sequence of maps, not a tensor: push it with `npm run model -- push`, which cuts its ZipMap away, or convert it with `zipmap=False`",
  sequence:
    "a sequence, not a tensor: end the graph with ConcatFromSequence, or begin it with SplitToSequence",
  map: "a map, not a tensor: convert it without DictVectorizer",
  optional:
    "an optional value, not a tensor: end the graph with OptionalGetElement, or begin it with a tensor",
  "sparse tensor": "a sparse tensor: convert it with dense ones",
  unknown: "not a tensor: export it with tensors only",
};

/**
 * Reads a model's signature.
 *
 * @param facts         Of the model's file: ONNX Runtime gives the same shape for a scalar and for none declared.
 * @throws BrokenModel  An input or output is no tensor of the protocol's data types, or has a name that Node.js loses.
 */
export function modelSignature(
  { inputMetadata, outputMetadata }: Pick<InferenceSession, "inputMetadata" | "outputMetadata">,
  facts: OnnxFacts,
): ModelSignature {
  if (outputMetadata.length === 0) throw new BrokenModel("It has no output: export it with one");
  return {
    inputs: inputMetadata.map((value) => describe("input", value, facts.inputs.get(value.name))),
    outputs: outputMetadata.map((value) => describe("output", value, facts.outputs.get(value.name))),
  };
}

/** Formats the shape that a model expects, for a message. */
export function shapeOf({ shape }: TensorSignature): string {
  return shape === undefined ? "of any shape" : `[${shape}]`;
}

function describe(
  which: "input" | "output",
  value: InferenceSession.ValueMetadata,
  facts: OnnxValueFacts | undefined,
): TensorSignature {
  const { name } = value;
  if (!value.isTensor) {
    const kind = facts === undefined || facts.kind === "tensor" ? "unknown" : facts.kind;
    throw new BrokenModel(`Its ${which} ${shown(name)} is ${NO_TENSORS[kind]}`);
  }
  const datatype = dataTypeOf(value.type);
  if (datatype === undefined) {
    throw new BrokenModel(
      `Its ${which} ${shown(name)} is of ${value.type}, which the Open Inference Protocol does not have: cast it to float32 or int8`,
    );
  }
  // onnxruntime-common collects outputs in an object that has a prototype.
  if (which === "output" && name === "__proto__") {
    throw new BrokenModel(
      `Its output "${name}" has a name that JavaScript keeps for itself: give it another`,
    );
  }
  const shape = value.shape.map((size) => (typeof size === "number" && size >= 0 ? size : -1));
  return { name, datatype, shape: facts?.hasShape === false ? undefined : shape };
}
