import type { ArrayData } from "../shared/npy/readNpy";

/**
 * Shows where a value lies in an array, as Python indexes it.
 *
 * @param index  Of the value, in C order, within the item if one is given.
 */
export function placeOf({ shape }: Pick<ArrayData, "shape">, index: number, item?: number): string {
  const place: number[] = [];
  let rest = index;
  for (const axis of (item === undefined ? shape : shape.slice(1)).toReversed()) {
    place.unshift(rest % axis);
    rest = Math.floor(rest / axis);
  }
  if (item !== undefined) place.unshift(item);
  return `(${place.join(", ")})`;
}
