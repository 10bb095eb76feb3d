import { BadGateway, BadRequest, HttpError, PayloadTooLarge } from "../shared/errors";
import type { ObjectStore } from "../shared/objectStore";
import { cut } from "../shared/shown";
import { LIMITS } from "./limits";
import { readSceneFile } from "./readSceneFile";
import type { SceneFile } from "./sceneFile";

/**
 * Reads the scenes of a file: size and shape are held against the limits before memory is taken for them.
 *
 * @returns  (H, W, 6) or (N, H, W, 6), as it lies in the file.
 * @throws PayloadTooLarge, BadRequest  What passes a limit, or is no file of scenes.
 */
export async function readScenes(store: ObjectStore, key: string): Promise<SceneFile> {
  const object = await store.get(key);
  if (object === undefined) throw new BadGateway(`${cut(key)} came without its content`);
  const { body, bytes } = object;
  try {
    if (bytes > LIMITS.maxFileBytes) {
      throw new PayloadTooLarge(`${cut(key)} has ${bytes} bytes; at most ${LIMITS.maxFileBytes} are taken`);
    }
    return await readSceneFile(body, bytes, checkShape);
  } catch (error) {
    if (error instanceof HttpError) throw error;
    throw new BadGateway(`${cut(key)} could not be read to its end`, { cause: error });
  } finally {
    body.destroy();
  }
}

function checkShape({ shape }: { shape: readonly number[] }): void {
  const is = `The array has the shape (${cut(shape.join(", "))})`;
  const [scenes, height, width, bands] = shape.length === 3 ? [1, ...shape] : shape;
  const { minSide, maxSide, maxScenes } = LIMITS;
  if (shape.length !== 3 && shape.length !== 4) {
    throw new BadRequest(`${is}; it must be (H, W, ${LIMITS.bands}) or (N, H, W, ${LIMITS.bands})`);
  }
  if (bands !== LIMITS.bands) {
    throw new BadRequest(`${is}; its last axis must have the ${LIMITS.bands} bands`);
  }
  if (scenes === undefined || scenes < 1) throw new BadRequest(`${is}; it must hold a scene at least`);
  for (const side of [height, width]) {
    if (side === undefined || side < minSide) {
      throw new BadRequest(`${is}; height and width must be ${minSide} pixels at least`);
    }
    if (side > maxSide) throw new PayloadTooLarge(`${is}; height and width may be ${maxSide} pixels at most`);
  }
  if (scenes > maxScenes) throw new PayloadTooLarge(`${is}; it may hold ${maxScenes} scenes at most`);
}
