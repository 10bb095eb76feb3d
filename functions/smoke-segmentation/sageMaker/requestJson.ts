import { PayloadTooLarge } from "../../shared/errors";
import type { ArrayData } from "../../shared/npy/readNpy";
import { shortestFloat32 } from "../../shared/shortestFloat32";
import { finiteValues } from "../finiteValues";
import { nestedJson } from "../nestedJson";

/**
 * The array as nested JSON lists, as Python's `tolist` gives them: the file's own values, integers not scaled, of
 * float64 as much as a float32 holds.
 *
 * @param maxBytes  Of the text.
 * @throws PayloadTooLarge  As soon as it is sure that the text passes `maxBytes`.
 */
export function requestJson(scenes: ArrayData, maxBytes: number): string {
  const { shape, elements, dtype } = scenes;
  const check = (bytes: number) => {
    if (bytes <= maxBytes) return;
    throw new PayloadTooLarge(
      `The array (${shape.join(", ")}) takes more than ${maxBytes} bytes as JSON, the most that a SageMaker endpoint takes; upload a smaller one`,
    );
  };
  check(elements * 2); // A digit and a comma each, before anything is converted.

  const values = finiteValues(scenes);
  const text = dtype.startsWith("f") ? shortestFloat32 : String;
  let bytes = 0;
  const json = nestedJson(shape, (index) => {
    const entry = text(values[index] as number);
    bytes += entry.length + 1;
    check(bytes);
    return entry;
  });
  check(json.length);
  return json;
}
