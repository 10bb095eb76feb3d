/** One tile along one axis, in pixels. */
export interface Tile {
  /** The beginning of the window that the model sees. */
  readonly start: number;
  /** The part of the response that is kept: `from` to before `to`. */
  readonly from: number;
  readonly to: number;
}

/**
 * Finds the shortest window that cuts an axis into as few tiles as the longest one: what windows have in common beyond
 * two halos is computed twice for nothing.
 *
 * @param padded    Length of the axis, a multiple of what the model takes.
 * @param longest   Such a multiple, more than twice the halo.
 * @param multiple  What the model takes.
 */
export function windowAlong(padded: number, longest: number, halo: number, multiple: number): number {
  if (padded <= longest) return padded;
  const tiles = Math.ceil((padded - 2 * halo) / (longest - 2 * halo));
  return Math.ceil((padded + 2 * halo * (tiles - 1)) / tiles / multiple) * multiple;
}

/**
 * Cuts an axis into tiles whose windows all have the same length and overlap by twice the halo, so that what is kept
 * of each depends on nothing outside its window. Windows end at the axis' own ends, where the whole would end too.
 *
 * @param length  Of the axis.
 * @param padded  `length` rounded up to what the model takes.
 * @param window  Length of each window, at most `padded`; more than twice the halo where it is less.
 * @param halo    The model's radius, rounded up to what the model takes.
 */
export function tilesAlong(length: number, padded: number, window: number, halo: number): Tile[] {
  const tiles: Tile[] = [];
  for (let from = 0; from < length; ) {
    const start = Math.min(Math.max(from - halo, 0), padded - window);
    const last = start + window >= padded;
    const to = last ? length : start + window - halo;
    tiles.push({ start, from, to });
    from = to;
  }
  return tiles;
}
