import { BrokenModel } from "../modelStore/brokenModel";
import { categoryBounds } from "./categoryBounds";
import type { Test, Tree, TreeNode } from "./scoreModel";

/** Bits of `decision_type`, in LightGBM's `include/LightGBM/tree.h`. */
const CATEGORICAL = 1;
const DEFAULT_LEFT = 2;
const MISSING_TYPES = ["none", "zero", "nan"] as const;

const WORD_BITS = 32;

/**
 * Reads one tree of LightGBM.
 *
 * @param lines   Its `key=value`s.
 * @param weight  Multiplies its leaves.
 */
export function lightgbmTree(
  lines: ReadonlyMap<string, string>,
  index: number,
  output: number,
  weight: number,
): Tree {
  if (lines.get("is_linear") === "1") {
    throw new BrokenModel("LightGBM's linear trees are not supported: train with `linear_tree=False`");
  }
  const numbers = (name: string, length?: number): number[] => {
    const text = lines.get(name) ?? "";
    const values = text === "" ? [] : text.split(" ").map(readNumber);
    if (values.some(Number.isNaN) || (length !== undefined && values.length !== length)) {
      throw new BrokenModel(`\`${name}\` of tree ${index} of the LightGBM model is not ${length} numbers`);
    }
    return values;
  };
  const [leaves = 0] = numbers("num_leaves", 1);
  const splits = leaves - 1;
  const values = numbers("leaf_value", leaves);
  if (splits === 0) return { output, root: -1, node: () => ({ leaf: (values[0] ?? 0) * weight }) };

  const feature = numbers("split_feature", splits);
  const threshold = numbers("threshold", splits);
  const decision = numbers("decision_type", splits);
  const left = numbers("left_child", splits);
  const right = numbers("right_child", splits);
  const bounds = readSets(numbers("cat_boundaries"), numbers("cat_threshold"));

  return {
    output,
    root: 0,
    /** A leaf is the complement of its index. */
    node(at): TreeNode {
      if (at < 0) {
        const leaf = values[~at];
        if (leaf === undefined) throw absent(index, at);
        return { leaf: leaf * weight };
      }
      const type = decision[at];
      const [yes, no] = [left[at], right[at]];
      const value = threshold[at];
      if (type === undefined || yes === undefined || no === undefined || value === undefined) {
        throw absent(index, at);
      }
      const way = { feature: feature[at] ?? -1, yes, no };
      if (type & CATEGORICAL) {
        const set = bounds[value];
        if (set === undefined) throw absent(index, at);
        return { ...way, test: { kind: "among", bounds: set }, missing: false };
      }
      return { ...way, ...numericalTest(type, value) };
    },
  };
}

/** Each split decides what counts as missing, and where it goes. */
function numericalTest(type: number, threshold: number): { test: Test; missing: boolean } {
  const goesLeft = (type & DEFAULT_LEFT) !== 0;
  switch (MISSING_TYPES[(type >> 2) & 3]) {
    case "zero":
      return { test: { kind: "atMostOrZero", threshold, zero: goesLeft }, missing: goesLeft };
    case "nan":
      return { test: { kind: "atMost", threshold }, missing: goesLeft };
    case "none":
      // NaN counts as 0.
      return { test: { kind: "atMost", threshold }, missing: threshold >= 0 };
    default:
      throw new BrokenModel(`\`decision_type\` ${type} of the LightGBM model is not known`);
  }
}

/**
 * Sets of categories are bits of words, one set after the other. Values are cut off towards zero, so that those above -1
 * belong to category 0.
 */
function readSets(boundaries: readonly number[], words: readonly number[]): number[][] {
  return boundaries.slice(1).map((end, i) => {
    const members: number[] = [];
    words.slice(boundaries[i], end).forEach((word, j) => {
      for (let bit = 0; bit < WORD_BITS; bit++) {
        if ((word >>> bit) & 1) members.push(j * WORD_BITS + bit);
      }
    });
    const bounds = categoryBounds(members);
    if (bounds[0] === 0) bounds[0] = -1 + Number.EPSILON;
    return bounds;
  });
}

/** Infinity as C++ writes it. */
function readNumber(text: string): number {
  if (/^[+-]?inf(inity)?$/i.test(text)) return text.startsWith("-") ? -Infinity : Infinity;
  return text === "" ? Number.NaN : Number(text);
}

function absent(tree: number, node: number): BrokenModel {
  return new BrokenModel(`Tree ${tree} of the LightGBM model leads to node ${node}, which is not there`);
}
