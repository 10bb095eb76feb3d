import { BrokenModel } from "../modelStore/brokenModel";
import { lightgbmLink } from "./lightgbmLink";
import { lightgbmTree } from "./lightgbmTree";
import type { ScoreModel } from "./scoreModel";

/** More raw scores a row mean a damaged file: this number decides how much is allocated. */
const MAX_OUTPUTS = 10_000;

/**
 * Reads a model of LightGBM 2 to 4, as `Booster.save_model` writes it.
 *
 * @throws BrokenModel  Not such a model, damaged, or with something that is not supported, which is named.
 */
export function readLightgbm(text: string): ScoreModel {
  const end = text.search(/^end of trees/m);
  if (end < 0) throw new BrokenModel("The LightGBM model is cut off: there is no line `end of trees`");
  const [head = "", ...sections] = text.slice(0, end).split(/^Tree=\d+$/m);
  const header = readLines(head);
  const features = count(header, "max_feature_idx") + 1;
  const outputs = count(header, "num_tree_per_iteration");
  if (outputs === 0 || outputs > MAX_OUTPUTS) {
    throw new BrokenModel(
      `\`num_tree_per_iteration\` of the LightGBM model is ${outputs}; it must be from 1 to ${MAX_OUTPUTS}`,
    );
  }
  // A random forest returns the mean of its rounds.
  const rounds = Math.max(1, Math.floor(sections.length / outputs));
  const weight = header.has("average_output") ? 1 / rounds : 1;
  return {
    name: "lightgbm",
    features,
    outputs,
    link: lightgbmLink(header.get("objective")),
    precision: "DOUBLE",
    scores: {
      kind: "trees",
      base: Array.from({ length: outputs }, () => 0),
      trees: sections.map((section, i) => lightgbmTree(readLines(section), i, i % outputs, weight)),
    },
  };
}

/** The lines `key=value` of a section; `average_output` has no value. */
function readLines(section: string): ReadonlyMap<string, string> {
  return new Map(
    section
      .split("\n")
      .filter((line) => line.trim() !== "")
      .map((line) => {
        const at = line.indexOf("=");
        return at < 0 ? [line.trim(), ""] : [line.slice(0, at), line.slice(at + 1).trim()];
      }),
  );
}

function count(lines: ReadonlyMap<string, string>, name: string): number {
  const value = Number(lines.get(name) || Number.NaN);
  if (!Number.isSafeInteger(value) || value < 0) {
    throw new BrokenModel(`\`${name}\` is missing from the LightGBM model, or is not a whole number from 0`);
  }
  return value;
}
