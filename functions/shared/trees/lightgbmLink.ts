import { BrokenModel } from "../modelStore/brokenModel";
import type { Link } from "./scoreModel";

const IDENTITY: Link = { kind: "values", transform: "identity" };
const EXP: Link = { kind: "values", transform: "exp" };

/** LightGBM's objectives: https://lightgbm.readthedocs.io/en/stable/Parameters.html#objective */
const OBJECTIVES: Readonly<Record<string, (options: ReadonlyMap<string, string>) => Link>> = {
  regression: squareable,
  regression_l1: squareable,
  huber: squareable,
  fair: squareable,
  quantile: squareable,
  mape: squareable,
  poisson: () => EXP,
  gamma: () => EXP,
  tweedie: () => EXP,
  binary: (options) => ({ kind: "classes", transform: "sigmoid", scale: scaleOf(options) }),
  multiclass: () => ({ kind: "classes", transform: "softmax" }),
  multiclassova: (options) => ({ kind: "classes", transform: "oneVersusRest", scale: scaleOf(options) }),
  cross_entropy: () => ({ kind: "values", transform: "sigmoid", scale: 1 }),
  cross_entropy_lambda: () => ({ kind: "values", transform: "softplus" }),
  lambdarank: () => IDENTITY,
  rank_xendcg: () => IDENTITY,
};

/**
 * Reads the objective's line, as `binary sigmoid:1`.
 *
 * @param line          `undefined` where the model has none: it was trained with an objective of its owner's.
 * @throws BrokenModel  That, or one that is not known.
 */
export function lightgbmLink(line: string | undefined): Link {
  const [name = "", ...words] = (line ?? "custom").trim().split(/\s+/);
  const read = Object.hasOwn(OBJECTIVES, name) ? OBJECTIVES[name] : undefined;
  if (read === undefined) {
    throw new BrokenModel(
      `The LightGBM objective ${JSON.stringify(name.slice(0, 100))} is not supported, since the model does not say what its scores mean: for the raw scores, write \`objective=regression\` into the model's file`,
    );
  }
  return read(new Map(words.map((word) => [word.split(":")[0] ?? "", word.split(":")[1] ?? ""])));
}

function squareable(options: ReadonlyMap<string, string>): Link {
  return options.has("sqrt") ? { kind: "values", transform: "signedSquare" } : IDENTITY;
}

function scaleOf(options: ReadonlyMap<string, string>): number {
  const scale = Number(options.get("sigmoid") ?? 1);
  if (!(scale > 0 && Number.isFinite(scale)))
    throw new BrokenModel("`sigmoid` of the LightGBM objective must be a number above 0");
  return scale;
}
