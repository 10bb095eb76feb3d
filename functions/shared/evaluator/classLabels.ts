import type { Attributes } from "./attributes";
import { NotEvaluable, type Value } from "./value";

/** Names of a classifier's classes. */
export interface ClassLabels {
  readonly count: number;
  /** The labels of chosen classes. */
  take(chosen: Int32Array): Value;
}

/** @param ints  Attribute of labels that are numbers; those that are texts are `classlabels_strings`. */
export function classLabels(attributes: Attributes, ints: string): ClassLabels {
  const strings = attributes.strings("classlabels_strings");
  const numbers = attributes.ints(ints);
  if (strings.length > 0) {
    return {
      count: strings.length,
      take: (chosen) => ({
        type: "string",
        dims: [chosen.length],
        data: Array.from(chosen, (i) => strings[i] ?? ""),
      }),
    };
  }
  if (numbers.length === 0) throw new NotEvaluable("a classifier without labels");
  return {
    count: numbers.length,
    take: (chosen) => ({
      type: "int64",
      dims: [chosen.length],
      data: BigInt64Array.from(chosen, (i) => BigInt(numbers[i] ?? 0)),
    }),
  };
}

/** The first of the greatest scores. */
export function greatestOf(scores: ArrayLike<number>, from = 0, to = scores.length): number {
  let greatest = from;
  for (let i = from + 1; i < to; i++) if ((scores[i] as number) > (scores[greatest] as number)) greatest = i;
  return greatest - from;
}
