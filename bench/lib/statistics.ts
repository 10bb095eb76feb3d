import { mulberry32 } from "../../bin/lib/plan/random";

/** The value below which a share of the numbers lies; the nearest one that is there. */
export function quantile(numbers: ArrayLike<number>, share: number): number {
  const sorted = Float64Array.from(numbers).sort();
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? Number.NaN;
}

export interface Ratio {
  readonly ratio: number;
  /** The interval that holds 95 % of the ratios of resampled rounds. */
  readonly low: number;
  readonly high: number;
}

type Rounds = readonly (readonly number[])[];

const RESAMPLES = 1000;

/**
 * Compares two variants that were measured in the same rounds. At the median, each round is a pair: what slows the machine
 * for a while slows both of a pair. Other quantiles need more samples than a round has, and are taken over all of them.
 */
export function compare(variant: Rounds, against: Rounds, share: number): Ratio {
  const pairs = variant.map((samples, i) => [samples, against[i] ?? []] as const);
  const ratioOf = (chosen: typeof pairs) =>
    share === 0.5
      ? quantile(
          chosen.map(([one, other]) => quantile(one, 0.5) / quantile(other, 0.5)),
          0.5,
        )
      : quantile(
          chosen.flatMap(([one]) => one),
          share,
        ) /
        quantile(
          chosen.flatMap(([, other]) => other),
          share,
        );
  // Seeded, so that the same samples give the same page.
  const random = mulberry32(1);
  const draw = () => Math.floor(random() * pairs.length);
  const ratios = Array.from({ length: RESAMPLES }, () => {
    const chosen = pairs.map(() => pairs[draw()] ?? [[], []]) as typeof pairs;
    return ratioOf(chosen);
  });
  return { ratio: ratioOf(pairs), low: quantile(ratios, 0.025), high: quantile(ratios, 0.975) };
}
