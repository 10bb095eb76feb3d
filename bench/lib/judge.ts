import type { Goal } from "./benchmark";
import { times } from "./format";
import type { GoalResult } from "./results";

export type Verdict = "met" | "not met" | "not measured";

export function judge({ atMost = Infinity, atLeast = 0 }: Goal, { ratio }: GoalResult): Verdict {
  if (ratio === undefined) return "not measured";
  return ratio <= atMost && ratio >= atLeast ? "met" : "not met";
}

/** The goal in words, e.g. `≤ 1.1 ×`. */
export function boundOf({ atMost, atLeast }: Goal): string {
  return atMost === undefined ? `≥ ${atLeast} ×` : `≤ ${atMost} ×`;
}

/** The measured ratio in words, e.g. `1.04 × (1.02 to 1.07)`. */
export function seen({ ratio, low, high }: GoalResult): string {
  if (ratio === undefined || low === undefined || high === undefined) return "not measured";
  return `${times(ratio)} × (${times(low)} to ${times(high)})`;
}
