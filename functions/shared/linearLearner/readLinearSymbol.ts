import { BrokenModel } from "../modelStore/brokenModel";

/** The computation of a Linear Learner's graph: `link(data · weight + bias)`. */
export interface LinearSymbol {
  readonly link: "logistic" | "softmax" | "identity";
  /** Array names in the params file. */
  readonly weight: string;
  /** `undefined` if the graph adds none. */
  readonly bias: string | undefined;
  /** Whether the weight's shape is (outputs, features) rather than (features, outputs). */
  readonly transposed: boolean;
}

interface SymbolNode {
  readonly op: string;
  readonly name: string;
  readonly inputs: readonly (readonly number[])[];
}

/** Output operators: they decide the result; their label input is used in training only. */
const LINKS: Readonly<Record<string, LinearSymbol["link"]>> = {
  LogisticRegressionOutput: "logistic",
  SoftmaxOutput: "softmax",
  LinearRegressionOutput: "identity",
};

/**
 * Reads `mx-mod-symbol.json`. Node names contain counters and mean nothing; operators and connections do.
 *
 * @throws BrokenModel  The graph is not a linear one with one of the three output operators.
 */
export function readLinearSymbol(file: Buffer): LinearSymbol {
  const nodes = parse(file);
  const { op, inputs } = nodes.head;
  const link = Object.hasOwn(LINKS, op) ? LINKS[op] : undefined;
  if (link === undefined) throw unknown(op, Object.keys(LINKS).join(", "));
  return { link, ...readLinear(nodes, nodes.at(inputs, 0)) };
}

function readLinear(nodes: Nodes, node: SymbolNode): Omit<LinearSymbol, "link"> {
  if (node.op === "broadcast_add" || node.op === "elemwise_add") {
    return { ...readProduct(nodes, nodes.at(node.inputs, 0)), bias: nodes.parameter(node, 1) };
  }
  return readProduct(nodes, node);
}

function readProduct(nodes: Nodes, node: SymbolNode): Omit<LinearSymbol, "link"> {
  switch (node.op) {
    case "dot":
      return { weight: nodes.parameter(node, 1), bias: undefined, transposed: false };
    case "FullyConnected":
      return {
        weight: nodes.parameter(node, 1),
        bias: node.inputs.length > 2 ? nodes.parameter(node, 2) : undefined,
        transposed: true,
      };
    default:
      throw unknown(node.op, "dot, broadcast_add, FullyConnected");
  }
}

/** The graph's nodes and its one head. */
interface Nodes {
  readonly head: SymbolNode;
  at(inputs: SymbolNode["inputs"], index: number): SymbolNode;
  /** Name of the parameter that a node takes. */
  parameter(node: SymbolNode, index: number): string;
}

function parse(file: Buffer): Nodes {
  let graph: { nodes?: unknown; heads?: unknown };
  try {
    graph = JSON.parse(file.toString("utf8")) ?? {};
  } catch (cause) {
    throw new BrokenModel("mx-mod-symbol.json is not JSON", { cause });
  }
  const { nodes, heads } = graph;
  if (!Array.isArray(nodes) || !nodes.every(isNode) || !Array.isArray(heads) || heads.length !== 1) {
    throw new BrokenModel("mx-mod-symbol.json is no graph of MXNet with one output");
  }
  const at = (inputs: SymbolNode["inputs"], index: number): SymbolNode => {
    const node = nodes[inputs[index]?.[0] ?? -1];
    if (node === undefined) throw new BrokenModel("mx-mod-symbol.json names a node that is not there");
    return node;
  };
  return {
    head: at(heads, 0),
    at,
    parameter(node, index) {
      const { op, name } = at(node.inputs, index);
      if (op !== "null") throw new BrokenModel(`mx-mod-symbol.json computes a weight of ${node.op} by ${op}`);
      return name;
    },
  };
}

function isNode(node: unknown): node is SymbolNode {
  const { op, name, inputs } = (node ?? {}) as Partial<SymbolNode>;
  return (
    typeof op === "string" && typeof name === "string" && Array.isArray(inputs) && inputs.every(Array.isArray)
  );
}

function unknown(op: string, known: string): BrokenModel {
  return new BrokenModel(`mx-mod-symbol.json has the operator ${op}; a linear model has ${known}`);
}
