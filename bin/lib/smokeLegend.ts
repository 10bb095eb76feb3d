import { drawText, textWidth } from "./drawText";
import { layOverSmoke } from "./layOverSmoke";

/** Pixels. */
export const LEGEND_HEIGHT = 22;

const BACKGROUND = 40;
const MARGIN = 6;
const GAP = 4;

/**
 * A strip that says what the colours mean: `SMOKE 0%`, the colours as they lie on a dark ground, `100%`.
 *
 * @param width  Pixels, 200 at least.
 * @returns Three bytes a pixel, `width` by {@link LEGEND_HEIGHT}.
 */
export function smokeLegend(width: number): Uint8Array {
  const rgb = new Uint8Array(width * LEGEND_HEIGHT * 3).fill(BACKGROUND);
  const [from, to] = ["SMOKE 0%", "100%"];
  const barStart = MARGIN + textWidth(from) + GAP;
  const barEnd = width - MARGIN - textWidth(to) - GAP;

  drawText(rgb, width, MARGIN, MARGIN, from);
  drawText(rgb, width, barEnd + GAP, MARGIN, to);
  for (let y = MARGIN; y < LEGEND_HEIGHT - MARGIN; y++) {
    for (let x = barStart; x < barEnd; x++) {
      layOverSmoke(rgb, (y * width + x) * 3, (x - barStart) / (barEnd - barStart - 1));
    }
  }
  return rgb;
}
