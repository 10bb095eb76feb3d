import { BrokenModel } from "../modelStore/brokenModel";
import { categoryBounds } from "./categoryBounds";
import type { Fields, Numbers } from "./fields";
import type { Tree, TreeNode } from "./scoreModel";

/**
 * Reads one tree of XGBoost (`RegTree` in its `src/tree/tree_model.cc`).
 *
 * @param weight  Multiplies its leaves: what DART gives it.
 */
export function xgboostTree(tree: Fields, output: number, weight: number): Tree {
  const parameters = tree.child("tree_param");
  if (parameters.count("size_leaf_vector", 0) > 1) {
    throw new BrokenModel(
      'XGBoost\'s trees of several targets are not supported: train with `multi_strategy="one_output_per_tree"`',
    );
  }
  const size = parameters.count("num_nodes");
  const left = tree.numbers("left_children", size);
  const right = tree.numbers("right_children", size);
  const feature = tree.numbers("split_indices", size);
  const condition = tree.numbers("split_conditions", size);
  const defaultLeft = tree.numbers("default_left", size);
  const kind = tree.has("split_type") ? tree.numbers("split_type", size) : undefined;
  const categories = kind?.length === size && some(kind) ? readCategories(tree) : undefined;

  return {
    output,
    root: 0,
    node(index): TreeNode {
      const [yes, no] = [left[index], right[index]];
      const value = condition[index];
      if (yes === undefined || no === undefined || value === undefined) {
        throw new BrokenModel(`A tree of the XGBoost model has ${size} nodes and asks for node ${index}`);
      }
      if (yes === -1) return { leaf: weight === 1 ? value : Math.fround(value * weight) };
      const goesLeft = defaultLeft[index] !== 0;
      const at = feature[index] ?? 0;
      if (kind?.[index] !== 1) {
        return { feature: at, test: { kind: "below", threshold: value }, missing: goesLeft, yes, no };
      }
      // Members go to the right.
      const bounds = categories?.get(index) ?? [];
      return { feature: at, test: { kind: "among", bounds }, missing: !goesLeft, yes: no, no: yes };
    },
  };
}

function some(values: Numbers): boolean {
  for (let i = 0; i < values.length; i++) if (values[i] !== 0) return true;
  return false;
}

/** Each categorical node's set, as bounds. A value that is no whole number is cut down to one. */
function readCategories(tree: Fields): ReadonlyMap<number, number[]> {
  const nodes = tree.numbers("categories_nodes");
  const segments = tree.numbers("categories_segments", nodes.length);
  const sizes = tree.numbers("categories_sizes", nodes.length);
  const all = tree.numbers("categories");
  const sets = new Map<number, number[]>();
  for (let i = 0; i < nodes.length; i++) {
    const [from = 0, size = 0] = [segments[i], sizes[i]];
    if (!(from >= 0 && size >= 0 && from + size <= all.length)) {
      throw new BrokenModel("`categories` of a tree of the XGBoost model end before its segments do");
    }
    const members = Array.from({ length: size }, (_, j) => all[from + j] ?? -1);
    sets.set(nodes[i] ?? -1, categoryBounds(members));
  }
  return sets;
}
