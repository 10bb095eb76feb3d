import { BrokenModel } from "../modelStore/brokenModel";
import { encodeOnnxModel, type OnnxNode } from "../onnxProto";
import { type LinearSymbol, readLinearSymbol } from "./readLinearSymbol";
import { type NdArray, readNdArrays } from "./readNdArrays";

const LINKS: Readonly<Record<LinearSymbol["link"], OnnxNode>> = {
  logistic: { op: "Sigmoid", inputs: ["linear"], outputs: ["score"] },
  softmax: { op: "Softmax", inputs: ["linear"], outputs: ["score"], attributes: { axis: { int: -1 } } },
  identity: { op: "Identity", inputs: ["linear"], outputs: ["score"] },
};

/**
 * Converts a model of SageMaker's Linear Learner to ONNX: `data` float32 [N, features] in, `score` float32 [N, outputs]
 * out. The score is a binary classifier's probability, a multiclass classifier's probabilities, or a regressor's value.
 *
 * @param symbol  `mx-mod-symbol.json`, the graph.
 * @param params  `mx-mod-0000.params`, the weights.
 * @throws BrokenModel  One of them is damaged, or was not written by Linear Learner.
 */
export function linearLearnerToOnnx(symbol: Buffer, params: Buffer): Buffer {
  const { link, weight, bias, transposed } = readLinearSymbol(symbol);
  const arrays = readNdArrays(params);
  const W = arrayOf(arrays, weight, 2);
  const [features = 0, outputs = 0] = transposed ? W.shape.toReversed() : W.shape;
  if (features === 0 || outputs === 0) throw new BrokenModel(`${weight} is empty: [${W.shape}]`);
  const b = bias === undefined ? new Float32Array(outputs) : arrayOf(arrays, bias).data;
  if (b.length !== outputs) {
    throw new BrokenModel(`${bias} has ${b.length} elements, ${weight} [${W.shape}] asks for ${outputs}`);
  }
  return encodeOnnxModel({
    name: "linear-learner",
    nodes: [
      {
        op: "Gemm",
        inputs: ["data", "weight", "bias"],
        outputs: ["linear"],
        attributes: { transB: { int: transposed ? 1 : 0 } },
      },
      LINKS[link],
    ],
    inputs: [{ name: "data", type: "FLOAT", shape: ["N", features] }],
    outputs: [{ name: "score", type: "FLOAT", shape: ["N", outputs] }],
    initializers: [
      { name: "weight", type: "FLOAT", dims: W.shape, data: W.data },
      { name: "bias", type: "FLOAT", dims: [outputs], data: b },
    ],
  });
}

function arrayOf(arrays: ReadonlyMap<string, NdArray>, name: string, axes?: number): NdArray {
  const array = arrays.get(name);
  if (array === undefined) throw new BrokenModel(`The params file has no ${name}, which the graph asks for`);
  if (axes !== undefined && array.shape.length !== axes) {
    throw new BrokenModel(`${name} has the shape [${array.shape}]; a linear model's weight has ${axes} axes`);
  }
  return array;
}
