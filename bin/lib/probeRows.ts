import { Attributes } from "../../functions/shared/evaluator/attributes";
import { type ReadModel, readOnnxModel } from "../../functions/shared/evaluator/readOnnxModel";
import { MODES, TreeEnsemble } from "../../functions/shared/evaluator/treeEnsemble";
import { NotEvaluable } from "../../functions/shared/evaluator/value";

/** Random rows in addition to those on thresholds. */
const SAMPLE = 10_000;

/** Comparisons of all rows together; a model of more is compared for minutes, and is ONNX Runtime's anyway. */
const MAX_WORK = 3e9;

/** Operators between the model's input and its trees that leave thresholds as they are. */
const TRANSPARENT = new Set(["Cast", "Identity"]);

/**
 * Rows to compare two runtimes with: for every node of every tree those that reach it with its feature on the threshold,
 * one float32 step to either side, and missing; and a large random sample.
 *
 * @param columns        Of a row.
 * @throws NotEvaluable  The trees take something else than the model's input, or are too many.
 */
export function* probeRows(bytes: Uint8Array, columns: number): Generator<Float32Array> {
  const model = readOnnxModel(bytes);
  const random = randomNumbers();
  const ensembles = treesOf(model);
  for (const trees of ensembles) yield* thresholdRows(trees, columns, random);
  const thresholds = thresholdsOf(ensembles);
  const scales = scalesOf(model, columns);
  const withMissing = ensembles.length > 0 || model.nodes.some(({ op }) => op === "IsNaN");
  for (let i = 0; i < SAMPLE; i++) {
    yield Float32Array.from({ length: columns }, (_, column) => {
      const chance = random();
      if (chance < 0.002) return chance < 0.001 ? Number.POSITIVE_INFINITY : Number.NEGATIVE_INFINITY;
      if (chance < (withMissing ? 0.08 : 0.004)) return Number.NaN;
      const known = thresholds.get(column);
      const near = known?.[Math.floor(random() * known.length)];
      if (random() < 0.1) return near ?? 0;
      const { offset, scale } = scales[column] ?? { offset: 0, scale: 1 };
      return near === undefined
        ? offset + gauss(random) * scale
        : near + gauss(random) * Math.max(1, Math.abs(near));
    });
  }
}

function treesOf({ nodes, inputs }: ReadModel): TreeEnsemble[] {
  const plain = new Set(inputs.map(({ name }) => name));
  const ensembles: TreeEnsemble[] = [];
  let work = 0;
  for (const {
    op,
    inputs: [from = ""],
    outputs: [to = ""],
    attributes,
  } of nodes) {
    if (TRANSPARENT.has(op) && plain.has(from)) plain.add(to);
    if (!op.startsWith("TreeEnsemble")) continue;
    if (!plain.has(from)) throw new NotEvaluable("the trees take what another operator makes of the input");
    const isClassifier = op === "TreeEnsembleClassifier";
    const read = new Attributes(attributes);
    const labels = read.ints("classlabels_int64s").length || read.strings("classlabels_strings").length;
    const trees = new TreeEnsemble(
      read,
      isClassifier ? "class" : "target",
      isClassifier ? labels : read.int("n_targets", 1),
    );
    ensembles.push(trees);
    work +=
      (4 * trees.nodes.mode.length + SAMPLE) *
      trees.roots.length *
      Math.log2(2 + trees.nodes.mode.length / trees.roots.length);
  }
  if (work > MAX_WORK) throw new NotEvaluable("the trees are too many to compare");
  return ensembles;
}

function thresholdsOf(ensembles: readonly TreeEnsemble[]): ReadonlyMap<number, number[]> {
  const thresholds = new Map<number, number[]>();
  for (const { nodes } of ensembles) {
    nodes.feature.forEach((feature, i) => {
      if (nodes.mode[i] === MODES.LEAF) return;
      const known = thresholds.get(feature) ?? [];
      known.push(nodes.value[i] ?? 0);
      thresholds.set(feature, known);
    });
  }
  return thresholds;
}

/** Inputs for which weighted sums are neither all alike nor all saturated. */
function scalesOf({ nodes, initializers }: ReadModel, columns: number): { offset: number; scale: number }[] {
  const floatsOf = (op: string, name: string) => {
    const node = nodes.find((each) => each.op === op);
    return node === undefined ? [] : new Attributes(node.attributes).floats(name);
  };
  const most = new Float64Array(columns);
  const see = (column: number, weight: number) => {
    if (column < columns) most[column] = Math.max(most[column] ?? 0, Math.abs(weight));
  };
  for (const op of ["LinearClassifier", "LinearRegressor"]) {
    for (const [i, weight] of floatsOf(op, "coefficients").entries()) see(i % columns, weight);
  }
  for (const { op, inputs, attributes } of nodes) {
    const matrix = initializers.get(inputs[1] ?? "");
    if ((op !== "Gemm" && op !== "MatMul") || (matrix?.type !== "float32" && matrix?.type !== "float64"))
      continue;
    const [first = 0, second = 1] = matrix.dims;
    const transposed = new Attributes(attributes).int("transB", 0) === 1;
    matrix.data.forEach((weight, i) => {
      see(transposed ? i % second : Math.floor(i / second), weight);
    });
    if ((transposed ? second : first) < columns)
      throw new NotEvaluable("a matrix that takes some of the features");
  }
  const offsets = floatsOf("Scaler", "offset");
  const factors = floatsOf("Scaler", "scale");
  return Array.from(most, (weight, column) => ({
    offset: offsets[column] ?? 0,
    scale: (weight > 0 ? 2 / weight : 1) / (factors[column] || 1),
  }));
}

/** The interval in which a feature has to be for a row to reach a node: above the first, up to the second. */
type Bounds = Map<number, readonly [above: number, upTo: number]>;

function* thresholdRows(
  { nodes, roots }: TreeEnsemble,
  columns: number,
  random: () => number,
): Generator<Float32Array> {
  const { mode, feature, value, yes, no } = nodes;
  for (const root of roots) {
    const seen = new Set<number>();
    const waiting: { at: number; bounds: Bounds }[] = [{ at: root, bounds: new Map() }];
    for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
      const { at, bounds } = next;
      if (mode[at] === MODES.LEAF || seen.has(at)) continue;
      seen.add(at);
      const column = feature[at] ?? 0;
      const threshold = value[at] ?? 0;
      const on = Math.fround(threshold);
      for (const x of [stepFrom(on, -1), on, stepFrom(on, 1), Number.NaN]) {
        const row = Float32Array.from({ length: columns }, (_, i) => within(bounds.get(i), random));
        row[column] = x;
        yield row;
      }
      const [holds, fails] = narrowed(mode[at] ?? 0, threshold, bounds.get(column) ?? [-Infinity, Infinity]);
      waiting.push({ at: yes[at] ?? 0, bounds: new Map(bounds).set(column, holds) });
      waiting.push({ at: no[at] ?? 0, bounds: new Map(bounds).set(column, fails) });
    }
  }
}

type Interval = readonly [above: number, upTo: number];

/** Splits an interval by a comparison: where it holds, and where it does not. */
function narrowed(mode: number, threshold: number, [above, upTo]: Interval): [Interval, Interval] {
  const upToThreshold = (t: number): Interval => [above, Math.min(upTo, t)];
  const aboveThreshold = (t: number): Interval => [Math.max(above, t), upTo];
  const before = stepFrom(Math.fround(threshold), -1);
  switch (mode) {
    case MODES.BRANCH_LEQ:
      return [upToThreshold(threshold), aboveThreshold(threshold)];
    case MODES.BRANCH_LT:
      return [upToThreshold(before), aboveThreshold(before)];
    case MODES.BRANCH_GTE:
      return [aboveThreshold(before), upToThreshold(before)];
    case MODES.BRANCH_GT:
      return [aboveThreshold(threshold), upToThreshold(threshold)];
    case MODES.BRANCH_EQ:
      return [
        [before, threshold],
        [above, upTo],
      ];
    default:
      return [
        [above, upTo],
        [before, threshold],
      ];
  }
}

function within(interval: Interval | undefined, random: () => number): number {
  const [above, upTo] = interval ?? [-Infinity, Infinity];
  if (above === -Infinity && upTo === Infinity) return gauss(random);
  if (above === -Infinity)
    return Math.fround(upTo) <= upTo
      ? upTo - Math.abs(gauss(random)) * 1e-3
      : stepFrom(Math.fround(upTo), -1);
  const first = Math.fround(above) > above ? Math.fround(above) : stepFrom(Math.fround(above), 1);
  if (upTo === Infinity) return first + Math.abs(gauss(random)) * 1e-3;
  const inside = Math.fround(above + (upTo - above) * random());
  return inside > above && inside <= upTo ? inside : first;
}

/** The next float32 in a direction. */
function stepFrom(x: number, direction: 1 | -1): number {
  const view = new DataView(new ArrayBuffer(4));
  if (x === 0) return direction * 2 ** -149;
  view.setFloat32(0, x);
  view.setInt32(0, view.getInt32(0) + (x > 0 === direction > 0 ? 1 : -1));
  return view.getFloat32(0);
}

function gauss(random: () => number): number {
  return Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
}

/** The same numbers from 0 to 1 in each run: mulberry32. */
function randomNumbers(): () => number {
  let state = 1;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let x = Math.imul(state ^ (state >>> 15), 1 | state);
    x = (x + Math.imul(x ^ (x >>> 7), 61 | x)) ^ x;
    return ((x ^ (x >>> 14)) >>> 0) / 2 ** 32;
  };
}
