import type { Attributes } from "./attributes";
import { nodePlaces } from "./nodePlaces";
import { NotEvaluable } from "./value";

/** A node's comparison, by ONNX's names. */
export const MODES: Readonly<Record<string, number>> = {
  LEAF: 0,
  BRANCH_LEQ: 1,
  BRANCH_LT: 2,
  BRANCH_GTE: 3,
  BRANCH_GT: 4,
  BRANCH_EQ: 5,
  BRANCH_NEQ: 6,
};
const LEAF = 0;

/** Nodes of all trees side by side: a model takes little more memory than its numbers. */
export interface Nodes {
  readonly mode: Uint8Array;
  /** 1 where a missing value goes where the comparison holds. */
  readonly missing: Uint8Array;
  readonly feature: Int32Array;
  readonly value: Float64Array;
  /** The next node where the comparison holds; of a leaf, its first vote. */
  readonly yes: Int32Array;
  /** The next node where it does not; of a leaf, the end of its votes. */
  readonly no: Int32Array;
}

/** Trees of ONNX's TreeEnsembleRegressor and TreeEnsembleClassifier, ready to score rows. */
export class TreeEnsemble {
  /** Columns that a row has to have. */
  readonly features: number;
  readonly nodes: Nodes;
  readonly roots: Int32Array;
  readonly #voteFor: Int32Array;
  readonly #vote: Float64Array;
  readonly #double: boolean;

  /**
   * @param votes         Prefix of the attributes that say what leaves vote: `target` or `class`.
   * @param outputs       Scores a row.
   * @throws NotEvaluable  Trees that lead out of themselves, or in circles.
   */
  constructor(
    attributes: Attributes,
    votes: "target" | "class",
    readonly outputs: number,
  ) {
    const thresholds = attributes.numbers("nodes_values");
    const modes = attributes.strings("nodes_modes");
    const treeIds = attributes.ints("nodes_treeids");
    const nodeIds = attributes.ints("nodes_nodeids");
    const yesIds = attributes.ints("nodes_truenodeids");
    const noIds = attributes.ints("nodes_falsenodeids");
    const missing = attributes.ints("nodes_missing_value_tracks_true");
    attributes.numbers("nodes_hitrates");
    const count = modes.length;
    const place = nodePlaces(treeIds, nodeIds);
    const mode = new Uint8Array(count);
    const isLeaf = (i: number) => mode[i] === LEAF;
    this.#double = thresholds.double;
    this.nodes = {
      mode,
      missing: new Uint8Array(count),
      feature: new Int32Array(attributes.ints("nodes_featureids")),
      value: new Float64Array(count),
      yes: new Int32Array(count),
      no: new Int32Array(count),
    };
    // A loop: at a cold start the arrays' `from` takes several times as long.
    for (let i = 0; i < count; i++) {
      mode[i] = modeOf(modes[i] as string);
      this.nodes.missing[i] = missing[i] ?? 0;
      this.nodes.value[i] = thresholds.values[i] ?? Number.NaN;
      if (isLeaf(i)) continue;
      this.nodes.yes[i] = place(treeIds[i], yesIds[i]);
      this.nodes.no[i] = place(treeIds[i], noIds[i]);
    }
    this.roots = Int32Array.from([...treeIds.keys()].filter((i) => i === 0 || treeIds[i] !== treeIds[i - 1]));
    this.features = this.nodes.feature.reduce((most, feature) => Math.max(most, feature + 1), 0);
    this.#requireEnds();

    // Votes leaf by leaf, in their order.
    const voteTrees = attributes.ints(`${votes}_treeids`);
    const voteNodes = attributes.ints(`${votes}_nodeids`);
    const ids = attributes.ints(`${votes}_ids`);
    const weights = attributes.numbers(`${votes}_weights`).values;
    const leaves = voteTrees.map((tree, i) => place(tree, voteNodes[i]));
    const order = inOrder(leaves);
    this.#voteFor = new Int32Array(order.length);
    this.#vote = new Float64Array(order.length);
    for (let at = 0; at < order.length; at++) {
      const vote = order[at] as number;
      const leaf = leaves[vote] as number;
      const output = ids[vote] ?? -1;
      if (output < 0 || output >= outputs)
        throw new NotEvaluable("a leaf votes for a score that is not there");
      if (!isLeaf(leaf)) throw new NotEvaluable("a node votes that is no leaf");
      this.#voteFor[at] = output;
      this.#vote[at] = weights[vote] ?? 0;
      if (this.nodes.no[leaf] === 0) this.nodes.yes[leaf] = at;
      this.nodes.no[leaf] = at + 1;
    }
  }

  /** Adds up the leaves that a row reaches, as ONNX Runtime does: tree by tree, in the precision of the thresholds. */
  score(rows: Float32Array | Float64Array, offset: number, scores: Float64Array): void {
    const { mode, missing, feature, value, yes, no } = this.nodes;
    scores.fill(0);
    for (const root of this.roots) {
      let at = root;
      for (let kind = mode[at]; kind !== LEAF; kind = mode[at]) {
        const x = rows[offset + (feature[at] as number)] as number;
        const holds = compare(kind, x, value[at] as number) || (missing[at] === 1 && Number.isNaN(x));
        at = (holds ? yes[at] : no[at]) as number;
      }
      const end = no[at] as number;
      for (let i = yes[at] as number; i < end; i++) {
        const output = this.#voteFor[i] as number;
        scores[output] = this.round((scores[output] as number) + (this.#vote[i] as number));
      }
    }
  }

  newScores(): Float64Array {
    return new Float64Array(this.outputs);
  }

  /** A sum in the precision of the trees. */
  round(sum: number): number {
    return this.#double ? sum : Math.fround(sum);
  }

  /** A tree that leads in a circle would never answer. */
  #requireEnds(): void {
    const { mode, yes, no } = this.nodes;
    // Converters write a node before those it leads to, and then there is no circle.
    if (mode.every((kind, i) => kind === LEAF || ((yes[i] as number) > i && (no[i] as number) > i))) return;
    const OPEN = 1;
    const DONE = 2;
    const state = new Uint8Array(mode.length);
    for (const root of this.roots) {
      const path = [root];
      for (let at = path.at(-1); at !== undefined; at = path.at(-1)) {
        if (mode[at] === LEAF || state[at] === DONE) {
          state[at] = DONE;
          path.pop();
          continue;
        }
        const next = [yes[at] as number, no[at] as number].filter((child) => state[child] !== DONE);
        if (state[at] === OPEN && next.length === 0) state[at] = DONE;
        else {
          if (next.some((child) => state[child] === OPEN)) throw new NotEvaluable("a tree leads in a circle");
          state[at] = OPEN;
          path.push(...next.slice(0, 1));
          if (next.length === 0) state[at] = DONE;
        }
      }
    }
  }
}

function modeOf(name: string): number {
  const mode = Object.hasOwn(MODES, name) ? MODES[name] : undefined;
  if (mode === undefined) throw new NotEvaluable(`nodes of the mode ${name}`);
  return mode;
}

/** The numbers of votes, in the order of their leaves. */
function inOrder(leaves: readonly number[]): readonly number[] {
  const order = leaves.map((_, vote) => vote);
  const isOrdered = leaves.every((leaf, vote) => vote === 0 || leaf >= (leaves[vote - 1] as number));
  return isOrdered ? order : order.sort((a, b) => (leaves[a] as number) - (leaves[b] as number) || a - b);
}

function compare(mode: number | undefined, x: number, threshold: number): boolean {
  switch (mode) {
    case 1:
      return x <= threshold;
    case 2:
      return x < threshold;
    case 3:
      return x >= threshold;
    case 4:
      return x > threshold;
    case 5:
      return x === threshold;
    default:
      return x !== threshold;
  }
}
