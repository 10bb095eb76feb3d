import { BrokenModel } from "../modelStore/brokenModel";

/** XGBoost takes larger codes of categories for invalid ones, since float32 does not count on from here. */
const MAX_CATEGORY = 2 ** 24;

/**
 * The ascending bounds of the intervals that a set of whole numbers covers when values are cut down to whole numbers:
 * `[2, 3, 7]` is from 2 to below 4 and from 7 to below 8.
 */
export function categoryBounds(members: readonly number[]): number[] {
  const bounds: number[] = [];
  for (const member of [...new Set(members)].sort((a, b) => a - b)) {
    if (!(Number.isInteger(member) && member >= 0 && member < MAX_CATEGORY)) {
      throw new BrokenModel(`A tree splits by the category ${member}; categories are numbers from 0`);
    }
    if (bounds.at(-1) === member) bounds.pop();
    else bounds.push(member);
    bounds.push(member + 1);
  }
  return bounds;
}
