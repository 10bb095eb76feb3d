import type { InferenceSession, Tensor } from "onnxruntime-node";
import { type Operator, prepare } from "./operator";
import { OPERATORS } from "./operators";
import { type ReadInput, type ReadNode, readOnnxModel } from "./readOnnxModel";
import { NotEvaluable, type Value } from "./value";

/** A node with what it computes. */
interface Step {
  readonly operator: Operator;
  readonly inputs: readonly string[];
  readonly outputs: readonly string[];
}

type Tensors = Readonly<Record<string, Tensor>>;

/**
 * Answers for a model of trees or a linear one in plain JavaScript, in the form of a session of ONNX Runtime.
 *
 * @param bytes          Of its `model.onnx`.
 * @throws NotEvaluable  It has operators, or forms of them, that only ONNX Runtime computes.
 */
export function createEvaluator(bytes: Uint8Array): InferenceSession {
  // Its parts by themselves: what is kept of the model must not keep its nodes.
  const { nodes, inputs, outputs, initializers } = readOnnxModel(bytes);
  const [input] = inputs;
  if (inputs.length !== 1 || input?.type !== "float32" || input.shape.length !== 2) {
    throw new NotEvaluable("the model takes something else than rows of float32");
  }
  if (!nodes.some(({ op }) => CORE.has(op))) throw new NotEvaluable("the model has no trees and no weights");
  const steps = prepareSteps(nodes, initializers);
  const outputNames = outputs.map(({ name }) => name);
  const [, columns] = input.shape;
  return {
    inputNames: [input.name],
    outputNames,
    inputMetadata: [describe(input)],
    outputMetadata: outputs.map(describe),
    async run(feeds: Tensors, fetches?: unknown) {
      const X = Object.hasOwn(feeds, input.name) ? feeds[input.name] : undefined;
      if (
        X?.type !== "float32" ||
        X.dims.length !== 2 ||
        (typeof columns === "number" && X.dims[1] !== columns)
      ) {
        throw new RangeError(
          `the input "${input.name}" is float32 [${input.shape}], not ${X?.type} [${X?.dims}]`,
        );
      }
      const values = new Map(initializers);
      values.set(input.name, { type: "float32", dims: X.dims, data: X.data as Float32Array });
      for (const { operator, inputs, outputs } of steps) {
        const results = operator(inputs.map((name) => values.get(name)));
        for (const [i, name] of outputs.entries()) if (results[i] !== undefined) values.set(name, results[i]);
      }
      return Object.fromEntries(
        (Array.isArray(fetches) ? (fetches as string[]) : outputNames).map((name) => [
          name,
          toTensor(name, values.get(name)),
        ]),
      );
    },
    async release() {},
    startProfiling() {},
    endProfiling() {},
  };
}

/** One of these makes a model one of trees or a linear one. */
const CORE = new Set([
  "Gemm",
  "LinearClassifier",
  "LinearRegressor",
  "MatMul",
  "TreeEnsembleClassifier",
  "TreeEnsembleRegressor",
]);

function prepareSteps(nodes: readonly ReadNode[], initializers: ReadonlyMap<string, Value>): Step[] {
  return nodes.map((node) => {
    const factory = Object.hasOwn(OPERATORS, node.op) ? OPERATORS[node.op] : undefined;
    if (factory === undefined) throw new NotEvaluable(`the operator ${node.op}`);
    const constants = node.inputs.map((name) => initializers.get(name));
    return { operator: prepare(node, factory, constants), inputs: node.inputs, outputs: node.outputs };
  });
}

function describe({ name, type, shape }: ReadInput): InferenceSession.ValueMetadata {
  return { name, isTensor: true, type, shape };
}

/** The members of a tensor that its readers use: ONNX Runtime's class would be loaded for nothing else. */
function toTensor(name: string, value: Value | undefined): Tensor {
  if (value === undefined) throw new RangeError(`there is no output "${name}"`);
  const { type, dims, data } = value;
  return { type, dims, data, size: data.length } as Pick<Tensor, "type" | "dims" | "data" | "size"> as Tensor;
}
