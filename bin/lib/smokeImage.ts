import sharp from "sharp";
import { layOverSmoke } from "./layOverSmoke";
import { percentileStretch } from "./percentileStretch";
import { LEGEND_HEIGHT, smokeLegend } from "./smokeLegend";

/** Bands a pixel of a scene: blue, green, red, near infrared and two of short-wave infrared. */
const BANDS = 6;
const RED_GREEN_BLUE = [2, 1, 0] as const;
/** Smaller scenes are enlarged by a whole factor, so that they can be seen and the legend fits. */
const MIN_WIDTH = 256;

/** A scene and what was found in it. */
interface Smoke {
  /** (height, width, 6), of any scale. */
  readonly scene: Float32Array;
  /** (height, width), 0 to 1. */
  readonly probability: Float32Array;
  readonly width: number;
  readonly height: number;
}

/**
 * The image of a scene in natural colour, the smoke laid over it, a legend below, as PNG.
 *
 * @returns A PNG of `width` by `height` pixels, times a whole factor where `width` is below 256, and a legend of 22.
 */
export async function smokeImage({ scene, probability, width, height }: Smoke): Promise<Buffer> {
  if (scene.length !== width * height * BANDS || probability.length !== width * height) {
    throw new Error(
      `\`scene\` and \`probability\` have ${scene.length} and ${probability.length} values, ` +
        `not ${height} x ${width} x ${BANDS} and ${height} x ${width}`,
    );
  }
  const factor = Math.ceil(MIN_WIDTH / width);
  const image = await sharp(paint(scene, probability), { raw: { width, height, channels: 3 } })
    .resize(width * factor, height * factor, { kernel: "nearest" })
    .raw()
    .toBuffer();
  const rgb = Buffer.concat([image, smokeLegend(width * factor)]);
  return sharp(rgb, {
    raw: { width: width * factor, height: height * factor + LEGEND_HEIGHT, channels: 3 },
  })
    .png()
    .toBuffer();
}

/** Three bytes a pixel. */
function paint(scene: Float32Array, probability: Float32Array): Uint8Array {
  const rgb = new Uint8Array(probability.length * 3);
  for (const [channel, band] of RED_GREEN_BLUE.entries()) {
    const stretch = percentileStretch(scene, band, BANDS);
    for (let pixel = 0; pixel < probability.length; pixel++) {
      rgb[pixel * 3 + channel] = Math.round(stretch(scene[pixel * BANDS + band] as number));
    }
  }
  for (let pixel = 0; pixel < probability.length; pixel++) {
    layOverSmoke(rgb, pixel * 3, probability[pixel] as number);
  }
  return rgb;
}
