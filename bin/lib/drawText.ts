/** The glyphs of a legend, without a font to install: five rows of three points, a row an octal digit. */
const GLYPHS: Readonly<Record<string, string>> = {
  "0": "75557",
  "1": "26227",
  "%": "51245",
  E: "74647",
  K: "55655",
  M: "57755",
  O: "75557",
  S: "74717",
  " ": "00000",
};

/** Pixels a point. */
const SCALE = 2;

/** Width of a text in pixels, the gap after its last glyph included. */
export function textWidth(text: string): number {
  return text.length * 4 * SCALE;
}

/**
 * Writes white text into an image, 10 pixels high.
 *
 * @param rgb  Image, three bytes a pixel; changed in place.
 * @param width  Of the image, in pixels.
 * @param x  Left edge of the text, in pixels; `y` its upper edge.
 */
export function drawText(rgb: Uint8Array, width: number, x: number, y: number, text: string): void {
  for (const [index, character] of [...text].entries()) {
    const rows = GLYPHS[character];
    if (rows === undefined) throw new Error(`\`text\` has "${character}", which the legend's letters lack`);
    for (let dy = 0; dy < 5 * SCALE; dy++) {
      const row = Number(rows[Math.floor(dy / SCALE)]);
      for (let dx = 0; dx < 3 * SCALE; dx++) {
        if (((row >> (2 - Math.floor(dx / SCALE))) & 1) === 0) continue;
        const at = ((y + dy) * width + x + textWidth(character) * index + dx) * 3;
        rgb.fill(255, at, at + 3);
      }
    }
  }
}
