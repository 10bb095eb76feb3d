import type { InferenceSession } from "onnxruntime-node";
import { GatewayTimeout } from "../shared/errors";
import { predict } from "./predict";
import { Probabilities } from "./probabilities";
import { readScene } from "./readScene";
import type { SceneFile } from "./sceneFile";
import type { SegmenterOptions } from "./segmentation";

/** Kept back from the function's time, to hand out what was found. */
const MARGIN_MS = 3_000;

/**
 * Finds the smoke in every scene of a file, one after the other: memory holds the file and one scene.
 *
 * @throws GatewayTimeout  As soon as it is foreseeable that the time will not suffice: Lambda would stop the function
 *   without a word.
 */
export async function segment(
  session: InferenceSession,
  scenes: SceneFile,
  { nodata, remainingMs }: SegmenterOptions,
): Promise<Probabilities> {
  const { shape } = scenes;
  const [height, width] = shape.slice(-3) as [number, number, number];
  const items = shape.length === 3 ? [undefined] : [...Array(shape[0]).keys()];
  const probabilities = new Probabilities(shape.slice(0, -1));
  const started = performance.now();
  for (const [done, item] of items.entries()) {
    const needed = done === 0 ? 0 : (performance.now() - started) / done;
    if (remainingMs() < needed + MARGIN_MS) {
      throw new GatewayTimeout(
        `The time was up after ${done} of ${items.length} scenes; send fewer at once, or smaller ones`,
      );
    }
    const { mask, ...pixels } = readScene(scenes, item, nodata);
    const smoke = await predict(session, { ...pixels, height, width });
    probabilities.set(smoke, done * height * width, mask);
  }
  return probabilities;
}
