import { type InferenceSession, Tensor } from "onnxruntime-node";
import { BadRequest } from "../shared/errors";
import { runSession } from "../shared/runSession";
import { LIMITS } from "./limits";
import geometry from "./model/geometry.json";
import { copyPixels, type Pixels } from "./pixels";
import { tilesAlong, windowAlong } from "./tilesAlong";

/** Height and width in pixels. */
export interface Scene extends Pixels {
  readonly height: number;
  readonly width: number;
}

/**
 * The most pixels a side that the model sees at once. With smaller windows the overlap costs more: 1.5 s of processor time
 * for a scene of 2048 in four tiles, 1.7 in nine, 1.8 in sixteen. A whole scene outgrows the processor's caches (1.9 s), and
 * takes 2 GB of memory in place of 0.6.
 */
const WINDOW = 1056;

/**
 * The smoke in one scene: pad, infer, crop, tile by tile. The response is that for the whole scene at once, since tiles
 * overlap by as much as a pixel depends on.
 *
 * @param window  Pixels a side of the largest tile; a multiple of what the model takes, over twice its radius.
 * @returns       (H, W) probabilities.
 * @throws BadRequest  Values so large that the model's arithmetic ends in NaN.
 */
export async function predict(
  session: InferenceSession,
  scene: Scene,
  window = WINDOW,
): Promise<Float32Array> {
  const { height, width } = scene;
  const { multiple, radius } = geometry;
  const halo = roundUp(radius, multiple);
  const [paddedHeight, paddedWidth] = [roundUp(height, multiple), roundUp(width, multiple)];
  const view = emptyTile(
    windowAlong(paddedHeight, window, halo, multiple),
    windowAlong(paddedWidth, window, halo, multiple),
  );
  const input = new Tensor("float32", view.values, [1, view.height, view.width, LIMITS.bands]);
  const smoke = new Float32Array(height * width);

  for (const row of tilesAlong(height, paddedHeight, view.height, halo)) {
    for (const column of tilesAlong(width, paddedWidth, view.width, halo)) {
      copyPart(scene, row.start, column.start, view);
      const output = await runSession(session, { scene: input });
      const tile = output.smoke?.data as Float32Array;
      for (let y = row.from; y < row.to; y++) {
        const offset = (y - row.start) * view.width - column.start;
        smoke.set(tile.subarray(offset + column.from, offset + column.to), y * width + column.from);
      }
    }
  }
  if (hasNaN(smoke)) {
    throw new BadRequest("The model has no answer for values this large; reflectance is from 0 to 1");
  }
  return smoke;
}

/** The part of a scene that the model sees, as reflectance. */
interface View {
  readonly values: Float32Array;
  readonly height: number;
  readonly width: number;
}

function emptyTile(height: number, width: number): View {
  return { values: new Float32Array(height * width * LIMITS.bands), height, width };
}

/** Fills `view` with what a scene has from a row and column on; beyond the scene its last row and column go on. */
function copyPart(scene: Scene, top: number, left: number, view: View): void {
  const { bands } = LIMITS;
  const within = Math.min(view.width, scene.width - left);
  for (let y = 0; y < view.height; y++) {
    const from = (Math.min(top + y, scene.height - 1) * scene.width + left) * bands;
    const to = y * view.width * bands;
    copyPixels(scene, from, within * bands, view.values, to);
    const last = to + (within - 1) * bands;
    for (let x = within; x < view.width; x++) view.values.copyWithin(to + x * bands, last, last + bands);
  }
}

/** Ten times as fast as `some`. */
function hasNaN(values: Float32Array): boolean {
  for (let i = 0; i < values.length; i++) if (Number.isNaN(values[i])) return true;
  return false;
}

function roundUp(value: number, multiple: number): number {
  return Math.ceil(value / multiple) * multiple;
}
