import { COST_PARTS, totalCost } from "./million";
import type { Plan } from "./planFunction";

const WIDTH = 50;
const GLYPHS = { requests: "█", compute: "▓", loading: "▒", s3: "░" } as const;

/** Plans' costs as bars of characters, each made of what is paid for. */
export function planChart(plans: readonly Plan[]): string {
  const dearest = Math.max(...plans.map(({ cost }) => totalCost(cost)));
  const legend = COST_PARTS.map((part) => `${GLYPHS[part]} ${part}`).join("  ");
  const bars = plans.map(({ memorySize, cost }) => {
    // Rounded where they end, so that equal sums are equally long.
    const ends = [0, ...COST_PARTS.keys()].map((_, parts) =>
      Math.round((totalCost(cost, parts) / dearest) * WIDTH),
    );
    const bar = COST_PARTS.map((part, i) => GLYPHS[part].repeat((ends[i + 1] ?? 0) - (ends[i] ?? 0))).join(
      "",
    );
    return `${String(memorySize).padStart(6)}  ${bar} ${totalCost(cost).toFixed(2)}`;
  });
  return [`    MB  USD for a million requests: ${legend}`, ...bars].join("\n");
}
