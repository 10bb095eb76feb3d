import assert from "node:assert/strict";
import sharp from "sharp";
import { smokeImage } from "../../../bin/lib/smokeImage";

/** Four columns of bands (1 to 6 times a brightness from 0 to 3), without smoke. */
function columns(width: number, height: number) {
  const scene = new Float32Array(width * height * 6);
  for (let at = 0; at < scene.length; at++) {
    const column = Math.floor(((Math.floor(at / 6) % width) * 4) / width);
    scene[at] = ((at % 6) + 1) * column;
  }
  return { scene, probability: new Float32Array(width * height), width, height };
}

async function decode(png: Buffer) {
  const { data, info } = await sharp(png).raw().toBuffer({ resolveWithObject: true });
  const at = (x: number, y: number) => [...data.subarray((y * info.width + x) * 3).subarray(0, 3)];
  return { at, width: info.width, height: info.height, channels: info.channels, format: "png" };
}

describe("smokeImage", () => {
  it("is a PNG as large as the scene, with a legend below", async () => {
    const png = await smokeImage(columns(300, 40));
    const { format, width, height, channels } = await sharp(png).metadata();
    assert.deepEqual(
      { format, width, height, channels },
      { format: "png", width: 300, height: 62, channels: 3 },
    );
  });

  it("enlarges a small scene by a whole factor, pixel for pixel", async () => {
    const { at, width, height } = await decode(await smokeImage(columns(32, 40)));
    assert.deepEqual([width, height], [256, 342]);
    assert.deepEqual(
      [at(63, 0), at(64, 0)],
      [
        [0, 0, 0],
        [85, 85, 85],
      ],
    );
  });

  it("shows bands 3, 2 and 1 as red, green and blue, each stretched on its own", async () => {
    const scene = columns(300, 40);
    const { at } = await decode(await smokeImage(scene));
    assert.deepEqual(
      [at(0, 0), at(75, 20), at(150, 39), at(299, 39)],
      [
        [0, 0, 0],
        [85, 85, 85],
        [170, 170, 170],
        [255, 255, 255],
      ],
    );

    for (const [band, expected] of [
      [0, [85, 85, 255]],
      [1, [85, 255, 85]],
      [2, [255, 85, 85]],
      [3, [85, 85, 85]],
    ] as const) {
      const coloured = Float32Array.from(scene.scene, (value, i) => (i === 75 * 6 + band ? 1000 : value));
      const image = await decode(await smokeImage({ ...scene, scene: coloured }));
      assert.deepEqual([band, image.at(75, 0)], [band, expected]);
    }
  });

  it("lays smoke over the ground, the more the likelier it is", async () => {
    const scene = columns(300, 40);
    for (const [x, probability] of [0, 0.25, 0.375, 1, 2, Number.NaN, -1].entries()) {
      scene.probability[x] = probability;
      scene.probability[x + 293] = probability;
    }
    const { at } = await decode(await smokeImage(scene));
    assert.deepEqual(
      [0, 1, 2, 3, 4, 5, 6].map((x) => at(x, 0)),
      [
        [0, 0, 0],
        [32, 4, 32],
        [57, 12, 41],
        [200, 184, 32],
        [200, 184, 32],
        [0, 0, 0],
        [0, 0, 0],
      ],
    );
    assert.deepEqual(
      [0, 1, 2, 3].map((x) => at(x + 293, 0)),
      [
        [255, 255, 255],
        [236, 208, 236],
        [236, 191, 219],
        [251, 235, 83],
      ],
    );
  });

  it("has a legend from no smoke to certain smoke", async () => {
    const { at } = await decode(await smokeImage(columns(300, 40)));
    const dark = [40, 40, 40];
    // Margin, first point of the S, both ends of the bar, first point of the last %.
    assert.deepEqual(
      [at(0, 40), at(6, 46), at(74, 51), at(257, 51), at(286, 46)],
      [dark, [255, 255, 255], dark, [208, 192, 40], [255, 255, 255]],
    );
  });

  it("rejects a scene or probabilities of another size", async () => {
    const scene = columns(40, 32);
    const message = (a: number, b: number) =>
      `\`scene\` and \`probability\` have ${a} and ${b} values, not 32 x 40 x 6 and 32 x 40`;
    await assert.rejects(smokeImage({ ...scene, scene: new Float32Array(6) }), {
      message: message(6, 1280),
    });
    await assert.rejects(smokeImage({ ...scene, probability: new Float32Array(6) }), {
      message: message(7680, 6),
    });
  });
});
