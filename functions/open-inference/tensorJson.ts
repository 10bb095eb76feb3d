import type { Tensor } from "onnxruntime-node";
import { shortestFloat32 } from "../shared/shortestFloat32";

/**
 * Writes a tensor's values as one flat list, row-major: numbers in the fewest digits that read back the same, 64-bit
 * integers with all of their digits, NaN as `null`, infinities as texts.
 *
 * @returns  `undefined` if that takes more than `maxBytes`, as soon as that is sure.
 */
export function tensorJson({ type, data, size }: Tensor, maxBytes: number): string | undefined {
  // A character and a comma each, before anything is made.
  if (size * 2 > maxBytes) return undefined;
  const write = writerOf(type);
  const texts: string[] = [];
  let bytes = 2;
  for (const value of data as Iterable<unknown>) {
    const text = write(value as never);
    bytes += text.length + 1;
    if (bytes > maxBytes) return undefined;
    texts.push(text);
  }
  return `[${texts.join(",")}]`;
}

function writerOf(type: Tensor.Type): (value: never) => string {
  switch (type) {
    case "string":
      return (text: string) => JSON.stringify(text);
    case "bool":
      return (value: number) => (value !== 0 ? "true" : "false");
    case "float32":
      return (value: number) => notFinite(value) ?? shortestFloat32(value);
    case "float64":
      return (value: number) => notFinite(value) ?? (Object.is(value, -0) ? "-0.0" : String(value));
    default:
      return String;
  }
}

function notFinite(value: number): string | undefined {
  if (Number.isFinite(value)) return undefined;
  return Number.isNaN(value) ? "null" : `"${value}"`;
}
