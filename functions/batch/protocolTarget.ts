import { cut } from "../shared/shown";
import { parseExactly, stringifyExactly } from "./exactJson";
import { cellOf } from "./jsonTarget";
import { BadFile, BadRow, isColumnOf, type RowContent } from "./rawRow";
import { NotByRow, ROWS_AT_ONCE, type Target } from "./target";

/** A model's metadata of the Open Inference Protocol. */
export interface ModelMetadata {
  readonly inputs: readonly Tensor[];
  readonly outputs: readonly Tensor[];
}

interface Tensor {
  readonly name: string;
  readonly datatype: string;
  readonly shape: readonly number[];
}

/**
 * Asks a model by the Open Inference Protocol. A row is one along the first axis of each input; a model whose first axis
 * is not of any size is asked row by row.
 *
 * @throws BadFile  The model's inputs have no rows.
 */
export function protocolTarget(model: string, { inputs, outputs }: ModelMetadata): Target {
  const rows = inputs.every(({ shape }) => shape.length > 0 && (shape[0] === -1 || shape[0] === 1));
  if (!rows || inputs.length === 0) {
    throw new BadFile(`The model ${model} has no rows: the first axis of each input must be of any size`);
  }
  const together = [...inputs, ...outputs].every(({ shape }) => shape[0] === -1);
  return {
    path: `/v2/models/${model}/infer`,
    rowsAtOnce: together ? ROWS_AT_ONCE : 1,
    aboutAll: [404, 422],
    readRow: (row) => inputs.map((input) => readInput(input, row, inputs)),

    writeRequest: (asked) =>
      stringifyExactly({
        inputs: inputs.map(({ name, datatype }, i) => {
          const parts = (asked as Part[][]).map((row) => row[i] as Part);
          return { name, datatype, ...joined(parts) };
        }),
      }),

    readResponse(body, count) {
      const { outputs: given } = parseExactly(body) as { outputs: OutputTensor[] };
      const byOutput = given.map((output) => [output.name, split(output, count)] as const);
      return Array.from({ length: count }, (_, row) =>
        Object.fromEntries(byOutput.map(([name, parts]) => [name, parts[row]])),
      );
    },
  };
}

interface OutputTensor extends Tensor {
  readonly data: readonly unknown[];
}

/** A row's part of an input: flat data, and the axes after the first. */
interface Part {
  readonly shape: readonly number[];
  readonly data: readonly unknown[];
}

/** One tensor of the parts of several rows. @throws NotByRow  Their shapes differ. */
function joined(parts: readonly Part[]): Part {
  const [shape = []] = parts.map(({ shape }) => shape);
  if (parts.some((part) => String(part.shape) !== String(shape)))
    throw new NotByRow("Rows of different shapes");
  return { shape: [parts.length, ...shape], data: parts.flatMap(({ data }) => data) };
}

function readInput(input: Tensor, row: RowContent, inputs: readonly Tensor[]): Part {
  const value = valueFor(input, row, inputs);
  if (value === undefined) throw new BadRow(`Input "${input.name}" is missing`);
  const data = [value].flat(Number.POSITIVE_INFINITY);
  return { shape: axesOf(input, value, data.length), data };
}

function valueFor({ name, datatype }: Tensor, row: RowContent, inputs: readonly Tensor[]): unknown {
  switch (row.kind) {
    case "wrong":
      throw new BadRow(row.problem);
    case "json": {
      const { value } = row;
      if (typeof value !== "object" || value === null || Array.isArray(value)) {
        throw new BadRow("The row is not a JSON object");
      }
      return Object.hasOwn(value, name) ? (value as Record<string, unknown>)[name] : undefined;
    }
    case "numbers":
      if (inputs.length === 1) return row.values;
      if (row.values.length !== inputs.length) {
        throw new BadRow(`The row has ${row.values.length} numbers, the model ${inputs.length} inputs`);
      }
      return row.values[inputs.findIndex((input) => input.name === name)];
    case "text": {
      const own = row.columns.flatMap((column, i) => (isColumnOf(name, column) ? [row.cells[i] ?? ""] : []));
      if (own.length === 0) return undefined;
      return own.map((cell) => cellOf(cell, datatype === "BYTES") ?? (datatype === "BYTES" ? "" : null));
    }
  }
}

/** The axes of a row's part: those of the model, where its value is one list; otherwise its own. */
function axesOf({ name, shape }: Tensor, value: unknown, length: number): number[] {
  const declared = shape.slice(1);
  // The metadata of a model that declares no shape, and takes any, says [-1], too.
  if (declared.length === 0 && length !== 1) return axesIn(value);
  if (declared.filter((size) => size === -1).length === 1) {
    const known = declared.reduce((product, size) => (size === -1 ? product : product * size), 1);
    if (known > 0 && length % known === 0)
      return declared.map((size) => (size === -1 ? length / known : size));
  }
  if (!declared.includes(-1)) {
    const size = declared.reduce((product, axis) => product * axis, 1);
    if (size !== length) throw new BadRow(`Input "${name}" has ${length} values, the model takes ${size}`);
    return declared;
  }
  return axesIn(value);
}

function axesIn(value: unknown): number[] {
  const axes: number[] = [];
  for (let inner = value; Array.isArray(inner); inner = inner[0]) axes.push(inner.length);
  return axes;
}

/** The parts of an output by rows, nested as its axes are; an output of one row is that row's, whatever its shape. */
function split({ name, shape, data }: OutputTensor, count: number): readonly unknown[] {
  const byRow = shape[0] === count;
  if (!byRow && count > 1)
    throw new NotByRow(`Output ${cut(name)} has the shape [${shape}] for ${count} rows`);
  const axes = byRow ? shape.slice(1) : shape;
  const size = data.length / count;
  return Array.from({ length: count }, (_, row) => nest(data.slice(row * size, (row + 1) * size), axes));
}

function nest(data: readonly unknown[], axes: readonly number[]): unknown {
  const [count, ...inner] = axes;
  if (count === undefined) return data[0];
  if (inner.length === 0) return data;
  const size = data.length / Math.max(count, 1);
  return Array.from({ length: count }, (_, i) => nest(data.slice(i * size, (i + 1) * size), inner));
}
