import type { Benchmark } from "./benchmark";
import { threeDigits, withUnit } from "./format";
import type { VariantResult } from "./results";

const [WIDTH, LABELS, RIGHT, ROW, TOP, BOTTOM] = [820, 260, 110, 30, 8, 46];
/** Linear axes show ratios up to this as lengths; beyond it small bars vanish, and the axis is logarithmic. */
const LINEAR_UP_TO = 12;

/**
 * An SVG of one benchmark: a bar to the median, on a logarithmic axis a dot at it; the middle half as a thick line, and a
 * thin one on to the 99th percentile, or to the edge.
 */
export function chart({ title, unit }: Benchmark, variants: readonly VariantResult[]): string {
  const medians = variants.map(({ median }) => median);
  const furthest = Math.max(...variants.map(({ upperQuartile }) => upperQuartile));
  const isLinear = furthest / Math.min(...medians) <= LINEAR_UP_TO;
  const [least, most] = isLinear ? [0, furthest * 1.15] : decades(Math.min(...medians), furthest);
  const inner = WIDTH - LABELS - RIGHT;
  const scale = (value: number) => {
    const share = isLinear
      ? value / most
      : (Math.log10(value) - Math.log10(least)) / (Math.log10(most) - Math.log10(least));
    return Math.round(LABELS + Math.min(1, Math.max(0, share)) * inner);
  };
  const height = TOP + ROW * variants.length + BOTTOM;
  const axis = TOP + ROW * variants.length + 4;
  const ticks = isLinear ? linearTicks(most) : decadeTicks(least, most);
  const lines = [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${height}" width="${WIDTH}" height="${height}" role="img" aria-label="${escapeXml(title)}">`,
    `<style>text{font:13px system-ui,sans-serif;fill:#1f2933}.axis{fill:#52606d;font-size:12px}.grid{stroke:#d5dbe1}.bar{fill:#9db9d8}.half{stroke:#1f4e86;stroke-width:4}.tail{stroke:#1f4e86}@media(prefers-color-scheme:dark){text{fill:#e4e8ec}.axis{fill:#a7b1bb}.grid{stroke:#3d4650}.bar{fill:#35587f}.half,.tail{stroke:#a9cbf0}}</style>`,
    ...ticks.map(
      (tick) =>
        `<line class="grid" x1="${scale(tick)}" x2="${scale(tick)}" y1="${TOP}" y2="${axis}"/><text class="axis" x="${scale(tick)}" y="${axis + 16}" text-anchor="middle">${threeDigits(tick)}</text>`,
    ),
    `<text class="axis" x="${LABELS + inner / 2}" y="${axis + 34}" text-anchor="middle">${unit}${isLinear ? "" : ", logarithmic"}</text>`,
    ...variants.flatMap(({ name, lowerQuartile, median, upperQuartile, p99 }, i) => {
      const middle = TOP + ROW * i + ROW / 2;
      const line = (kind: string, from: number, to: number) =>
        `<line class="${kind}" x1="${scale(from)}" x2="${scale(to)}" y1="${middle}" y2="${middle}"/>`;
      return [
        `<text x="${LABELS - 10}" y="${middle + 4}" text-anchor="end">${escapeXml(name)}</text>`,
        isLinear
          ? `<rect class="bar" x="${LABELS}" y="${middle - 9}" width="${scale(median) - LABELS}" height="18"/>`
          : `<circle class="bar" cx="${scale(median)}" cy="${middle}" r="8"/>`,
        line("tail", upperQuartile, p99),
        line("half", lowerQuartile, upperQuartile),
        `<text x="${WIDTH - RIGHT + 14}" y="${middle + 4}">${withUnit(median, unit)}</text>`,
      ];
    }),
    "</svg>",
  ];
  return `${lines.join("\n")}\n`;
}

function decades(least: number, most: number): [number, number] {
  return [10 ** Math.floor(Math.log10(least * 0.9)), 10 ** Math.ceil(Math.log10(most))];
}

function decadeTicks(least: number, most: number): number[] {
  const count = Math.round(Math.log10(most / least));
  return Array.from({ length: count + 1 }, (_, i) => least * 10 ** i);
}

function linearTicks(most: number): number[] {
  const rough = most / 5;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = ([1, 2, 5, 10].find((each) => each * power >= rough) ?? 10) * power;
  return Array.from({ length: Math.floor(most / step) + 1 }, (_, i) => i * step);
}

function escapeXml(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll('"', "&quot;");
}
