import type { Tensor } from "onnxruntime-node";
import { shortestFloat32 } from "../shared/shortestFloat32";

/**
 * Writes a tensor's values as one flat list in row-major order: numbers with the fewest digits that read back the same,
 * 64-bit integers with all of their digits, NaN as `null`, infinities as strings.
 *
 * @returns `undefined` as soon as the list is certain to exceed `maxBytes`.
 */
export function tensorJson({ type, data, size }: Tensor, maxBytes: number): string | undefined {
  // One character and a comma for each value, before anything is written.
  if (size * 2 > maxBytes) return undefined;
  const write = writerOf(type);
  const strings: string[] = [];
  let bytes = 2;
  for (const value of data as Iterable<unknown>) {
    const text = write(value as never);
    bytes += text.length + 1;
    if (bytes > maxBytes) return undefined;
    strings.push(text);
  }
  return `[${strings.join(",")}]`;
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
