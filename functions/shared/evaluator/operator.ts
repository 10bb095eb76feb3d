import { Attributes } from "./attributes";
import type { ReadNode } from "./readOnnxModel";
import type { Value } from "./value";

/** Computes a node's outputs. */
export type Operator = (inputs: readonly (Value | undefined)[]) => readonly Value[];

/** Prepares an operator from its attributes and those inputs that are constants. */
export type OperatorFactory = (
  attributes: Attributes,
  constants: readonly (Value | undefined)[],
  node: ReadNode,
) => Operator;

export function prepare(
  node: ReadNode,
  factory: OperatorFactory,
  constants: readonly (Value | undefined)[],
): Operator {
  const attributes = new Attributes(node.attributes);
  const operator = factory(attributes, constants, node);
  attributes.requireAllAsked(node.op);
  return operator;
}
