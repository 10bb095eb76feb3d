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
    attributes.ignore("nodes_hitrates");
    const count = modes.length;
    const feature = new Int32Array(attributes.ints("nodes_featureids"));
    if ([treeIds, nodeIds, feature].some(({ length }) => length !== count)) {
      throw new NotEvaluable("nodes of which not all is listed");
    }
    const find = nodePlaces(treeIds, nodeIds);
    const mode = new Uint8Array(count);
    const yes = find(treeIds, attributes.ints("nodes_truenodeids"));
    const no = find(treeIds, attributes.ints("nodes_falsenodeids"));
    const roots: number[] = [];
    let features = 0;
    let forward = true;
    // A loop: at a cold start a callback for each node takes several times as long.
    for (let i = 0; i < count; i++) {
      if (i === 0 || treeIds[i] !== treeIds[i - 1]) roots.push(i);
      if ((feature[i] as number) >= features) features = (feature[i] as number) + 1;
      mode[i] = modeOf(modes[i] as string);
      if (mode[i] === LEAF) {
        yes[i] = 0;
        no[i] = 0;
        continue;
      }
      const yesAt = yes[i] as number;
      const noAt = no[i] as number;
      if (yesAt < 0 || noAt < 0)
        throw new NotEvaluable(`tree ${treeIds[i]} leads to a node that is not there`);
      forward &&= yesAt > i && noAt > i;
    }
    this.#double = thresholds.double;
    this.nodes = {
      mode,
      missing: new Uint8Array(attributes.ints("nodes_missing_value_tracks_true")),
      feature,
      value: new Float64Array(thresholds.values),
      yes,
      no,
    };
    this.roots = new Int32Array(roots);
    this.features = features;
    // Converters write a node before those it leads to, and then there is no circle.
    if (!forward) this.#requireEnds();

    // Votes leaf by leaf, in their order.
    const ids = attributes.ints(`${votes}_ids`);
    const weights = attributes.numbers(`${votes}_weights`).values;
    const leaves = find(attributes.ints(`${votes}_treeids`), attributes.ints(`${votes}_nodeids`));
    const order = inOrder(leaves);
    this.#voteFor = new Int32Array(leaves.length);
    this.#vote = new Float64Array(leaves.length);
    for (let at = 0; at < leaves.length; at++) {
      const vote = (order === undefined ? at : order[at]) as number;
      const leaf = leaves[vote] as number;
      const output = ids[vote] ?? -1;
      if (output < 0 || output >= outputs)
        throw new NotEvaluable("a leaf votes for a score that is not there");
      if (mode[leaf] !== LEAF) throw new NotEvaluable("a node votes that is no leaf");
      this.#voteFor[at] = output;
      this.#vote[at] = weights[vote] ?? 0;
      if (no[leaf] === 0) yes[leaf] = at;
      no[leaf] = at + 1;
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

/** The numbers of votes in the order of their leaves; `undefined` where they are in that order. */
function inOrder(leaves: Int32Array): readonly number[] | undefined {
  for (let vote = 1; vote < leaves.length; vote++) {
    if ((leaves[vote] as number) < (leaves[vote - 1] as number)) {
      return [...leaves.keys()].sort((a, b) => (leaves[a] as number) - (leaves[b] as number) || a - b);
    }
  }
  return undefined;
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
