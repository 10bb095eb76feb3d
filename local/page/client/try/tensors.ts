import type { CardTensor } from "./described";
import { parse } from "./failure";

/** A tensor of a model's signature, in the Open Inference Protocol's words. */
export interface Tensor {
  readonly name: string;
  readonly datatype: string;
  /** -1 for an axis of any size. @default any shape */
  readonly shape?: readonly number[];
}

/** A model, as `GET /v2/models/{name}` describes it. */
export interface Signature {
  readonly name: string;
  readonly versions?: readonly string[];
  readonly inputs: readonly Tensor[];
  readonly outputs: readonly Tensor[];
}

/** A tensor of a response. */
export interface OutputTensor extends Tensor {
  readonly data?: readonly unknown[];
}

/** How a tensor is filled in: a cell for each of its values, or as a whole. */
export interface TensorForm {
  readonly tensor: Tensor;
  /** Names of the cells; none where there are too many of them. */
  readonly cells: readonly string[];
}

/** Values that a person typed for a tensor. */
export interface TensorValues {
  /** Sizes with commas between. */
  readonly shape: string;
  readonly cells: readonly string[];
  /** JSON, in place of cells; empty for zeros. */
  readonly data: string;
}

const MAX_CELLS = 32;

/** @param known  Tensors whose last axis has names. */
export function tensorForm(tensor: Tensor, known: readonly CardTensor[] = []): TensorForm {
  const { shape } = tensor;
  // The first axis counts rows, of which cells are one; of another one only its caller knows how long it is.
  const isKnown = shape?.slice(1).every((size) => size >= 0);
  const size = sizeOf((shape ?? []).map(oneIfAny));
  if (!isKnown || size > MAX_CELLS) return { tensor, cells: [] };
  const labels = known.find(({ name, labels }) => name === tensor.name && labels?.length === size)?.labels;
  const numbered = (_: unknown, i: number) => (size === 1 ? tensor.name : `${tensor.name} ${i + 1}`);
  return { tensor, cells: labels ?? Array.from({ length: size }, numbered) };
}

/** An empty form, or one with the values that a sample has for the tensor. */
export function tensorValues({ tensor, cells }: TensorForm, sample?: OutputTensor): TensorValues {
  const shape = sample?.shape ?? (tensor.shape ?? []).map(oneIfAny);
  const data = (sample?.data ?? []).flat(Number.POSITIVE_INFINITY);
  const isOneRow = data.length === cells.length;
  return {
    shape: shape.join(", "),
    cells: cells.map((_, i) => (isOneRow ? String(data[i]) : "")),
    data: sample && !isOneRow ? JSON.stringify(sample.data) : "",
  };
}

/** The request of an inference. */
export function inferBody(forms: readonly TensorForm[], values: readonly TensorValues[]) {
  return {
    inputs: forms.map(({ tensor: { name, datatype }, cells }, i) => {
      const { shape: text, cells: typed, data } = values[i] ?? { shape: "", cells: [], data: "" };
      const shape = text
        .split(",")
        .map((size) => size.trim())
        .filter((size) => size !== "")
        .map(Number);
      if (cells.length > 0)
        return { name, shape, datatype, data: typed.map((cell) => typedValue(cell, datatype)) };
      const filled = data.trim() === "" ? Array(sizeOf(shape)).fill(zeroOf(datatype)) : parse(data);
      return { name, shape, datatype, data: filled };
    }),
  };
}

/** Reads a cell; text that is no value of the type goes as it is, and the endpoint says what is wrong. */
function typedValue(text: string, datatype: string): unknown {
  if (datatype === "BYTES") return text;
  if (text.trim() === "") return zeroOf(datatype);
  if (datatype === "BOOL") return text === "true" || (text === "false" ? false : text);
  const value = Number(text);
  return Number.isNaN(value) ? text : value;
}

function zeroOf(datatype: string): unknown {
  if (datatype === "BYTES") return "";
  return datatype === "BOOL" ? false : 0;
}

/** A tensor's values as probabilities of its classes, where they are such; its one row of them. */
export function probabilitiesOf(
  output: OutputTensor,
  known: readonly CardTensor[],
): readonly { label: string; value: number }[] {
  const { name, datatype, shape = [], data = [] } = output;
  const numbers = data.map(Number);
  const sum = numbers.reduce((total, value) => total + value, 0);
  const isOneRow = shape.length > 0 && shape.at(-1) === numbers.length;
  const are = numbers.every((value) => value >= 0 && value <= 1) && Math.abs(sum - 1) < 1e-3;
  if (!datatype.startsWith("FP") || !isOneRow || numbers.length < 2 || numbers.length > MAX_CELLS || !are)
    return [];
  const labels = known.find((each) => each.name === name && each.labels?.length === numbers.length)?.labels;
  return numbers.map((value, i) => ({ label: labels?.[i] ?? `class ${i}`, value }));
}

const oneIfAny = (size: number) => (size < 0 ? 1 : size);

function sizeOf(shape: readonly number[]): number {
  return shape.reduce((product, size) => product * size, 1);
}
