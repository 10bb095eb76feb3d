/** px around the image. */
export const MARGIN = 8;

/** A resource's box, in px; `gap` is below it. */
export const BOX = { width: 196, height: 48, gap: 14 } as const;

/** A line that passes a column, in px. */
export const PASSING_LINE = { height: 0, gap: 6 } as const;

/** A place in a column: of a box, or of a line that passes. */
export interface Slot {
  readonly x: number;
  y: number;
  readonly height: number;
  readonly gap: number;
}

export function slotOf(
  { x = 0, y = 0 }: { readonly x?: number; readonly y?: number },
  { height, gap }: Pick<Slot, "height" | "gap">,
): Slot {
  return { x, y, height, gap };
}

/**
 * Moves what is in a column together, from the top, in the order by which the library has few lines cross. Its own places
 * keep lines straight: a stack's corner is empty then, and the image four times as high.
 *
 * @returns  Where the longest column ends.
 */
export function stackColumns(slots: readonly Slot[]): number {
  const bottoms = new Map<number, number>();
  for (const slot of slots.toSorted((a, b) => a.y - b.y)) {
    const column = Math.round(slot.x);
    const top = bottoms.get(column) ?? MARGIN;
    slot.y = top + slot.height / 2;
    bottoms.set(column, top + slot.height + slot.gap);
  }
  return Math.max(MARGIN, ...bottoms.values());
}
