import { BrokenModel } from "../modelStore/brokenModel";
import type { OnnxAttribute } from "../onnxProto";
import type { Ensemble, Split, Test, Tree } from "./scoreModel";

/** ONNX Runtime descends a tree recursively when it loads it. */
const MAX_DEPTH = 4096;

/** The largest value that LightGBM takes for zero: `kZeroThreshold` in its `include/LightGBM/meta.h`. */
const ZERO = Math.fround(1e-35);

type Mode = "BRANCH_LEQ" | "BRANCH_LT" | "BRANCH_GTE" | "BRANCH_GT" | "LEAF";

/** Target of a node: a node of the source's tree, or a later step of the same test. */
type Target = { readonly source: number } | { readonly step: Step };

/**
 * One comparison. If several nodes lead to a node, ONNX Runtime requires that the first of them, depth first, no before
 * yes, is a `no`.
 */
interface Step {
  readonly mode: Mode;
  readonly value: number;
  readonly missing: boolean;
  readonly yes: Target;
  readonly no: Target;
}

/**
 * The attributes of ONNX's TreeEnsembleRegressor (ai.onnx.ml 3) for an ensemble.
 *
 * @throws BrokenModel  A tree that is none, or too deep.
 */
export function ensembleAttributes(
  { base, trees }: Ensemble,
  features: number,
  precision: "FLOAT" | "DOUBLE",
): Readonly<Record<string, OnnxAttribute>> {
  const columns = new Columns();
  // The libraries add the trees to the base; ONNX Runtime would add its `base_values` last, and round differently.
  const first = columns.node(0);
  for (const [output, value] of base.entries()) columns.leaf(0, first, output, value);
  for (const [i, tree] of trees.entries()) addTree(columns, i + 1, tree, features);
  const numbers = (name: string, values: readonly number[]): Record<string, OnnxAttribute> =>
    precision === "FLOAT"
      ? { [name]: { floats: values } }
      : {
          [`${name}_as_tensor`]: {
            tensor: { name, type: "DOUBLE", dims: [values.length], data: Float64Array.from(values) },
          },
        };
  return {
    n_targets: { int: base.length },
    nodes_treeids: { ints: columns.trees },
    nodes_nodeids: { ints: columns.ids },
    nodes_featureids: { ints: columns.features },
    nodes_modes: { strings: columns.modes },
    ...numbers("nodes_values", columns.values),
    nodes_truenodeids: { ints: columns.yes },
    nodes_falsenodeids: { ints: columns.no },
    nodes_missing_value_tracks_true: { ints: columns.missing },
    target_treeids: { ints: columns.leafTrees },
    target_nodeids: { ints: columns.leafIds },
    target_ids: { ints: columns.leafOutputs },
    ...numbers("target_weights", columns.leafValues),
  };
}

/** Nodes of all trees, one column a property. */
class Columns {
  readonly trees: number[] = [];
  readonly ids: number[] = [];
  readonly features: number[] = [];
  readonly modes: Mode[] = [];
  readonly values: number[] = [];
  readonly yes: number[] = [];
  readonly no: number[] = [];
  readonly missing: number[] = [];
  readonly leafTrees: number[] = [];
  readonly leafIds: number[] = [];
  readonly leafOutputs: number[] = [];
  readonly leafValues: number[] = [];
  #first = 0;

  /** Adds a leaf, which {@link step} may make a comparison of. @returns its id in the tree */
  node(tree: number): number {
    if (tree !== this.trees.at(-1)) this.#first = this.trees.length;
    const id = this.trees.length - this.#first;
    this.trees.push(tree);
    this.ids.push(id);
    this.features.push(0);
    this.modes.push("LEAF");
    this.values.push(0);
    this.yes.push(0);
    this.no.push(0);
    this.missing.push(0);
    return id;
  }

  step(id: number, feature: number, { mode, value, missing }: Step, yes: number, no: number): void {
    const at = this.#first + id;
    this.features[at] = feature;
    this.modes[at] = mode;
    this.values[at] = value;
    this.missing[at] = missing ? 1 : 0;
    this.yes[at] = yes;
    this.no[at] = no;
  }

  leaf(tree: number, id: number, output: number, value: number): void {
    this.leafTrees.push(tree);
    this.leafIds.push(id);
    this.leafOutputs.push(output);
    this.leafValues.push(value);
  }
}

function addTree(columns: Columns, id: number, tree: Tree, features: number): void {
  const seen = new Set([tree.root]);
  const waiting = [{ source: tree.root, id: columns.node(id), depth: 0 }];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    const node = tree.node(next.source);
    if ("leaf" in node) {
      columns.leaf(id, next.id, tree.output, node.leaf);
      continue;
    }
    if (!(node.feature >= 0 && node.feature < features)) {
      throw new BrokenModel(`Tree ${id - 1} asks for feature ${node.feature} of ${features}`);
    }
    const children = new Map<number, number>();
    const depth = next.depth + addSteps(columns, id, next.id, node, children);
    if (depth > MAX_DEPTH) {
      throw new BrokenModel(
        `Tree ${id - 1} is over ${MAX_DEPTH} comparisons deep: train with a smaller \`max_depth\`, or fewer categories`,
      );
    }
    for (const [source, child] of children) {
      if (seen.has(source)) throw new BrokenModel(`Tree ${id - 1} leads to node ${source} twice`);
      seen.add(source);
      waiting.push({ source, id: child, depth });
    }
  }
}

/** Writes the comparisons of one split. @returns how many follow each other at most */
function addSteps(
  columns: Columns,
  tree: number,
  id: number,
  split: Split,
  children: Map<number, number>,
): number {
  const idOf = (target: Target): number => {
    if ("step" in target) return columns.node(tree);
    const known = children.get(target.source) ?? columns.node(tree);
    children.set(target.source, known);
    return known;
  };
  const waiting = [{ step: firstStep(split), id, depth: 1 }];
  let deepest = 1;
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    const { step, depth } = next;
    deepest = Math.max(deepest, depth);
    const [yes, no] = [idOf(step.yes), idOf(step.no)];
    columns.step(next.id, split.feature, step, yes, no);
    if ("step" in step.yes) waiting.push({ step: step.yes.step, id: yes, depth: depth + 1 });
    if ("step" in step.no) waiting.push({ step: step.no.step, id: no, depth: depth + 1 });
  }
  return deepest;
}

function firstStep({ test, missing, ...split }: Split): Step {
  const yes = { source: split.yes };
  const no = { source: split.no };
  switch (test.kind) {
    case "below":
      return { mode: "BRANCH_LT", value: test.threshold, missing, yes, no };
    case "atMost":
      return { mode: "BRANCH_LEQ", value: test.threshold, missing, yes, no };
    case "atMostOrZero":
      return zeroStep(test, missing, yes, no);
    case "among":
      return amongStep(test.bounds, missing, yes, no);
  }
}

function zeroStep(
  { threshold: value, zero }: Extract<Test, { kind: "atMostOrZero" }>,
  missing: boolean,
  yes: Target,
  no: Target,
): Step {
  const step = (mode: Mode, value: number, yes: Target, no: Target) => ({
    step: { mode, value, missing: false, yes, no },
  });
  const plain = { mode: "BRANCH_LEQ", value, missing, yes, no } as const;
  if (zero) {
    if (value >= ZERO) return plain;
    return { ...plain, no: step("BRANCH_GT", ZERO, no, step("BRANCH_GTE", -ZERO, yes, no)) };
  }
  if (value < -ZERO) return plain;
  return { ...plain, yes: step("BRANCH_LT", -ZERO, yes, step("BRANCH_LEQ", ZERO, no, yes)) };
}

/** From the highest bound down: what lies from it on is a member or is not, in turn. */
function amongStep(bounds: readonly number[], missing: boolean, yes: Target, no: Target): Step {
  let below: Target = no;
  // Without a bound there is no member: no value is at least NaN.
  let step: Step = { mode: "BRANCH_GTE", value: Number.NaN, missing, yes, no };
  bounds.forEach((value, i) => {
    const isMember = i % 2 === 0;
    step = { mode: "BRANCH_GTE", value, missing: missing && i === 0, yes: isMember ? yes : no, no: below };
    below = { step };
  });
  return step;
}
