import assert from "node:assert/strict";
import { drawText, textWidth } from "../../../bin/lib/drawText";

describe("drawText", () => {
  it("writes what a legend needs, two pixels a point", () => {
    const text = "SMOKE 01%";
    const width = textWidth(text) + 2;
    const rgb = new Uint8Array(width * 12 * 3);
    drawText(rgb, width, 2, 2, text);

    // Every second pixel of every second line: each point once.
    const lines = [];
    for (let y = 0; y < 12; y += 2) {
      let line = "";
      for (let x = 0; x < width; x += 2) line += rgb[(y * width + x) * 3] === 255 ? "#" : " ";
      lines.push(line.trimEnd());
    }
    assert.deepEqual(lines, [
      "",
      " ### # # ### # # ###     ###  #  # #",
      " #   ### # # # # #       # # ##    #",
      " ### ### # # ##  ##      # #  #   #",
      "   # # # # # # # #       # #  #  #",
      " ### # # ### # # ###     ### ### # #",
    ]);
  });

  it("rejects what it has no letter for", () => {
    assert.throws(() => drawText(new Uint8Array(3), 1, 0, 0, "x"), {
      message: '`text` has "x", which the legend\'s letters lack',
    });
  });
});
