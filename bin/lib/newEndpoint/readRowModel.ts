import type { InferenceSession } from "onnxruntime-node";
import { modelSignature, type TensorSignature } from "../../../functions/open-inference/modelSignature";
import type { CardTensor } from "../../../functions/shared/card";
import type { OnnxFacts } from "../../../functions/shared/onnx/onnxFacts";
import { isRowDataType, type RowDataType } from "../../../functions/shared/rowTensor";

/** An input as an endpoint's request has it. */
export interface RowInput extends CardTensor {
  readonly dtype: RowDataType;
}

/** A model's inputs and outputs, if a request in JSON can carry a row of it. */
export interface RowModel {
  readonly inputs: readonly RowInput[];
  readonly outputs: readonly CardTensor[];
  readonly opset: Readonly<Record<string, number>>;
}

/** Values of a row that a card's sample can show, and a caller can write. */
const MAX_VALUES = 1_000;

/** Sizes of the axes that a request has lists for: the batch, in front, has one row, and a column of one value none. */
export function listAxes(shape: readonly number[]): readonly number[] {
  const [first, ...others] = shape;
  const row = first === -1 || first === 1 ? others : shape;
  return row.length === 1 && row[0] === 1 ? [] : row;
}

/**
 * Reads what a model takes and gives.
 *
 * @throws BrokenModel  It has inputs or outputs that are not tensors.
 * @throws Error        It has inputs that no request in JSON can carry, in one line with the cure.
 */
export function readRowModel(session: InferenceSession, facts: OnnxFacts): RowModel {
  const { inputs, outputs } = modelSignature(session, facts);
  const read = inputs.map(rowInput);
  const values = read.reduce((sum, { shape }) => sum + sizeOf(shape), 0);
  if (values > MAX_VALUES) {
    throw new Error(
      `A row of the model's inputs has ${values} values, more than the ${MAX_VALUES} that a request in JSON is for: ${PUSH}.`,
    );
  }
  return { inputs: read, outputs: outputs.map(tensorOf), opset: Object.fromEntries(facts.opsets) };
}

const PUSH = "serve it by open-inference, with `npm run model -- push NAME FILE`";

function rowInput(input: TensorSignature): RowInput {
  const { name, dtype, shape } = tensorOf(input);
  if (input.name === "__proto__") {
    throw new Error(
      `The model's input "${input.name}" has a name that JavaScript keeps for itself: give it another.`,
    );
  }
  if (!isRowDataType(dtype)) {
    throw new Error(
      `The model's input "${input.name}" is ${dtype}, which no endpoint reads from JSON: cast it to FP32 or INT64, or ${PUSH}.`,
    );
  }
  if (input.shape === undefined) {
    throw new Error(`The model's input "${input.name}" declares no shape: export it with one, or ${PUSH}.`);
  }
  return { name, dtype, shape };
}

function tensorOf({ name, datatype, shape = [] }: TensorSignature): CardTensor {
  return { name, dtype: datatype, shape };
}

/** Values of a row, with one for each axis of any size. */
function sizeOf(shape: readonly number[]): number {
  return listAxes(shape).reduce((product, size) => product * Math.max(size, 1), 1);
}
