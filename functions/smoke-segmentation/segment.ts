import type { InferenceSession } from "onnxruntime-node";
import type { NpyArray } from "../shared/npy/readNpy";
import { finiteValues } from "./finiteValues";
import { predict } from "./predict";
import { Probabilities } from "./probabilities";
import { reflectance } from "./reflectance";

/** The smoke in every scene of a file, one after the other: memory holds the file and one scene. */
export async function segment(session: InferenceSession, scenes: NpyArray): Promise<Probabilities> {
  const { shape, dtype } = scenes;
  const [height, width] = shape.slice(-3) as [number, number, number];
  const probabilities = new Probabilities(shape.slice(0, -1));
  const items = shape.length === 3 ? [undefined] : Array(shape[0]).keys();
  for (const item of items) {
    const values = reflectance(finiteValues(scenes, item), dtype);
    probabilities.set(await predict(session, { values, height, width }), (item ?? 0) * height * width);
  }
  return probabilities;
}
