import { COST_PARTS, totalCost } from "./million";
import type { Plan } from "./planFunction";

const COLOURS = { requests: "#4e79a7", compute: "#59a14f", loading: "#f28e2b", s3: "#e15759" } as const;

/** Pixels. */
const SIZE = { width: 640, left: 72, right: 64, top: 48, row: 28, bar: 18 };

/** Plans' costs as a bar chart, each bar made of what is paid for. */
export function planSvg(plans: readonly Plan[]): string {
  const { width, left, right, top, row } = SIZE;
  const dearest = Math.max(...plans.map(({ cost }) => totalCost(cost)));
  const scale = (width - left - right) / dearest;
  const height = top + plans.length * row + 8;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" font-family="sans-serif" font-size="12">`,
    `<rect width="${width}" height="${height}" fill="white"/>`,
    `<text x="8" y="18">US dollars for a million requests, by the function's memory</text>`,
    ...COST_PARTS.flatMap((part, i) => [
      `<rect x="${left + i * 100}" y="28" width="10" height="10" fill="${COLOURS[part]}"/>`,
      `<text x="${left + i * 100 + 16}" y="37">${part}</text>`,
    ]),
    ...plans.flatMap((plan, i) => barOf(plan, top + i * row, scale)),
    "</svg>",
    "",
  ].join("\n");
}

/** @param y  Upper edge, in pixels. @param scale  Pixels a dollar. */
function barOf({ memorySize, cost }: Plan, y: number, scale: number): string[] {
  const { left, bar } = SIZE;
  const place = (dollars: number) => Number((left + dollars * scale).toFixed(1));
  const baseline = y + 13;
  return [
    `<text x="${left - 8}" y="${baseline}" text-anchor="end">${memorySize} MB</text>`,
    ...COST_PARTS.map((part, i) => {
      const [from, to] = [place(totalCost(cost, i)), place(totalCost(cost, i + 1))];
      return `<rect x="${from}" y="${y}" width="${(to - from).toFixed(1)}" height="${bar}" fill="${COLOURS[part]}"/>`;
    }),
    `<text x="${place(totalCost(cost)) + 6}" y="${baseline}">${totalCost(cost).toFixed(2)}</text>`,
  ];
}
