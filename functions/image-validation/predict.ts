import { type InferenceSession, Tensor, type TypedTensor } from "onnxruntime-node";
import { runSession } from "../shared/runSession";
import type { Image } from "./decodeImage";
import { type Detection, detections } from "./detections";

/** Classes that count as a unicorn: COCO has no better one. */
const LABEL = "horse";

export interface Validation {
  readonly message: "Unicorn validated" | "Unable to validate Unicorn";
  readonly valid: boolean;
  readonly detections: readonly Detection[];
}

/**
 * Input tensors that no run uses. A new one for each image would cost a run 3 % in page faults and garbage collection of
 * its 3 MB.
 */
const idle: TypedTensor<"float32">[] = [];

/**
 * Finds objects in one image: float32 `tower_0/images [1, 512, 512, 3]` in, `tower_0/detections [1, 100, 6]` out.
 *
 * @param minScore Detections below this score are left out.
 */
export async function predict(
  session: InferenceSession,
  image: Image,
  minScore: number,
): Promise<Validation> {
  const images = idle.pop() ?? new Tensor("float32", new Float32Array(image.pixels.length), [1, 512, 512, 3]);
  images.data.set(image.pixels);
  const outputs = await runSession(session, { "tower_0/images": images }).finally(() => idle.push(images));
  const rows = outputs["tower_0/detections"]?.data as Float32Array;
  const found = detections(rows, image, minScore);
  const valid = found.some(({ label }) => label === LABEL);
  return { message: valid ? "Unicorn validated" : "Unable to validate Unicorn", valid, detections: found };
}
