/** The times at which requests come. */
export interface Traffic {
  /** Requests a second, on average. */
  readonly rate: number;
  /** ms from which requests are counted; what comes before warms the fleet up. */
  readonly from: number;
  /** ms until which they are. */
  readonly until: number;
  /** Whether the rate goes through a day's wave while requests are counted. */
  readonly daily: boolean;
  /** Times the rate in the middle tenth of the counted time; 1 for no burst. */
  readonly burst: number;
}

/** The wave's height in parts of the rate: from 0.2 to 1.8 times. */
const WAVE = 0.8;

/**
 * Draws the times of a Poisson process, whose rate may change: times are drawn at the highest rate, and kept as often as
 * the rate at that time is lower.
 *
 * @returns  The next time, in ms.
 * @see https://doi.org/10.1002/nav.3800260304  Lewis and Shedler, "thinning"
 */
export function arrivals(traffic: Traffic, random: () => number): () => number {
  const { rate, burst, daily } = traffic;
  const highest = Math.max(1, burst) * (daily ? 1 + WAVE : 1);
  const meanGap = 1000 / (rate * highest);
  const isSteady = burst === 1 && !daily;
  let now = 0;
  return () => {
    do now -= meanGap * Math.log(1 - random());
    while (!isSteady && random() * highest >= shapeAt(now, traffic));
    return now;
  };
}

/** The rate at a time, as a part of the average. */
export function shapeAt(now: number, { from, until, daily, burst }: Traffic): number {
  const part = (now - from) / (until - from);
  const wave = daily ? 1 + WAVE * Math.sin(2 * Math.PI * part) : 1;
  return part >= 0.45 && part < 0.55 ? wave * burst : wave;
}
